import type { CallEvent } from "../../../flows/events.ts";
import { limits } from "../../../flows/schema/limits.ts";
import { decide, exitsOf, type Doc, type DocNode } from "./decide.ts";
import { beginWait, pausedLoop, type Wait } from "./waits.ts";

/** What a step of the oracle shows, in the product's words. */
export type Told = { asks: string[]; cancels: string[]; due: number | null; done: boolean; entered: string[]; outcome: string | null; ended: string | null };

type Region = {
  prefix: string;
  nodes: Record<string, DocNode>;
  start: string;
  /** A node's id, or "~open" and "~rest" of an inner graph, or "~apology" and "~goodbye" of the root. */
  current: string;
  wait: Wait | null;
  inner: Region[];
  /** The container that this region belongs to, and its name in it. */
  container: { path: string; node: DocNode; branch: string } | null;
};

const fallsToError = ["noInput", "invalid", "timeout"];

/**
 * An interpreter of flow documents written by hand for the tests: no XState, no compiled machine, none of the product's
 * reducers. It walks the graph directly; `oracle.test.ts` holds the product against it.
 */
export class Oracle {
  readonly vars: Record<string, unknown>;
  ahead = "";
  swallow: { digit: string; until: number; habit?: true } | null = null;
  private readonly doc: Doc;
  private readonly root: Region;
  private readonly out = new Map<string, { exit: string; faulted: boolean; code: string }>();
  readonly turns = new Map<string, number>();
  private readonly tries = new Map<string, number>();
  private counter = 0;
  private enteredNow = 0;
  private toldNow = false;
  private caught = 0;
  private gone: { due: number; by: string } | null = null;
  private halted = false;
  private ending = false;
  private failed: string | null = null;
  outcome: string | null = null;
  private ended: string | null = null;
  private at = 0;
  private entered: string[] = [];
  private acts = new Map<string, string>();

  constructor(doc: Doc, names: readonly string[]) {
    this.doc = doc;
    this.vars = Object.fromEntries(names.map((name) => [name, null]));
    this.root = { prefix: "", nodes: doc.nodes, start: doc.start, current: doc.start, wait: null, inner: [], container: null };
  }

  start(): Told {
    if (this.doc.start in this.doc.nodes) this.enter(this.root, this.doc.start);
    else this.end();
    this.settle();
    return this.told(null);
  }

  send(event: CallEvent): Told {
    this.at = event.at;
    this.enteredNow = 0;
    this.toldNow = false;
    this.entered = [];
    if (event.type === "hangup") this.hangup(event.by);
    else this.feed(event);
    this.settle();
    return this.told("id" in event && event.type !== "fill" && event.type !== "connected" ? event.id : null);
  }

  // --- events ---

  private feed(event: CallEvent): void {
    if (event.type === "tick" && this.gone && this.gone.due <= event.at) {
      this.halted = true;
      return;
    }
    if (event.type === "digit" && this.swallow !== null && this.swallow.digit.includes(event.digit) && event.at <= this.swallow.until) {
      const wanted = this.swallow.habit && this.regions(this.root).some((region) => region.wait?.wants(event.digit));
      if (!wanted) {
        this.swallow = null;
        return;
      }
    }
    // Who asked first is heard first.
    const asking = this.regions(this.root).flatMap((region) => (region.wait ? [{ region, wait: region.wait }] : []));
    for (const { region, wait } of asking.toSorted((one, two) => one.wait.order - two.wait.order)) {
      if (event.type === "tick" && (wait.due === null || wait.due > event.at)) continue;
      if (event.type === "digit") this.keepSwallow = false;
      const taken = wait.feed(event, this);
      if (!taken) continue;
      if (event.type === "digit" && !this.keepSwallow) this.swallow = null;
      this.afterTurn(region);
      return;
    }
    if (event.type !== "digit" || event.leg !== "A") return;
    this.ahead = (this.ahead + event.digit).slice(-limits.typeAhead);
    this.swallow = null;
  }

  /** Set by a wait that asks for the next terminator to be dropped. */
  keepSwallow = false;

  private afterTurn(region: Region): void {
    const { wait } = region;
    if (!wait || wait.exit === null) return;
    const node = region.nodes[region.current];
    const known = wait.exits.includes(wait.exit) || wait.exit === "error";
    const faulted = !known || wait.faulted;
    this.out.set(this.pathOf(region), { exit: known ? wait.exit : "error", faulted, code: known ? wait.code : "unexpected-exit" });
    Object.assign(this.vars, wait.saved);
    region.wait = null;
    if (node === undefined && !region.current.startsWith("~")) throw new Error("a wait without a node");
  }

  private hangup(by: string): void {
    if (this.gone) return;
    const before = this.regions(this.root);
    const node = this.root.nodes[this.root.current];
    const deep = before.find((region) => region.inner.length === 0 && this.nodeHangup(region) !== null);
    this.gone = { due: this.at + limits.hangupBudgetMs, by };
    this.ahead = "";
    if (deep && !this.inBranch(deep)) {
      const target = this.nodeHangup(deep)!;
      this.leave(deep);
      this.enter(deep, target);
      return;
    }
    if (node) this.leave(this.root);
    else this.drop(this.root);
    this.out.clear();
    const handler = Object.entries(this.doc.nodes).find(([, each]) => each.type === "on-hangup")?.[0];
    if (handler) this.enter(this.root, handler);
    else this.end();
  }

  private nodeHangup(region: Region): string | null {
    const { exits = {} } = region.nodes[region.current] ?? {};
    const names = region.wait?.searching ? ["abandoned", "hangup"] : ["hangup"];
    return names.flatMap((name) => (exits[name] !== undefined && exits[name] in region.nodes ? [exits[name]] : []))[0] ?? null;
  }

  private inBranch(region: Region): boolean {
    for (let at: Region | null = region; at; at = this.parentOf(at)) if (at.container && at.container.node.type !== "subflow") return true;
    return false;
  }

  // --- rounds: every region that can move moves, all of them at once ---

  private settle(): void {
    for (let guard = 0; guard < 4_000 && this.ended === null; guard++) {
      if (this.halted || this.ending) return this.end();
      const moves = this.movesOf(this.root);
      if (moves.length === 0) return;
      for (const region of moves.toReversed()) this.leave(region);
      const targets = moves.map((region) => ({ region, target: this.transition(region) }));
      for (const { region, target } of targets) {
        if (target === "~ended") this.end();
        else if (this.ended === null) this.enter(region, target);
      }
    }
  }

  private movesOf(region: Region): Region[] {
    const inner = region.inner.flatMap((each) => this.movesOf(each));
    if (inner.length > 0) return inner;
    return this.out.has(this.pathOf(region)) && region.current !== "~rest" ? [region] : [];
  }

  /** The decided exit is taken: what happens on the edge, and where it leads. */
  private transition(region: Region): string {
    const path = this.pathOf(region);
    const { exit, faulted, code } = this.out.get(path)!;
    const drop = () => this.out.delete(path);
    if (region.current === "~open") {
      drop();
      return region.start;
    }
    if (region.current === "~apology") {
      drop();
      return "~goodbye";
    }
    if (region.current === "~goodbye") {
      drop();
      return "~ended";
    }
    const node = region.nodes[region.current]!;
    const done = (target: string) => {
      drop();
      this.tries.delete(path);
      return target;
    };
    if (node.type === "hangup") {
      if (!this.inBranch(region)) return done("~ended");
      this.ending = true;
      return done("~rest");
    }
    if (node.type === "finish") {
      if (!region.container) return done("~ended");
      this.rest(region, String(node.config["outcome"]));
      return done("~rest");
    }
    if (node.type === "goto" && exit === "next") return done(String(node.config["node"]));
    if (exit === "error" && node.retries && (this.tries.get(path) ?? 0) < node.retries) {
      drop();
      this.tries.set(path, (this.tries.get(path) ?? 0) + 1);
      return region.current;
    }
    const wired = (name: string) => {
      const to = node.exits[name];
      return to !== undefined && to in region.nodes ? to : null;
    };
    const target = wired(exit) ?? (fallsToError.includes(exit) ? wired("error") : null);
    if (target) return done(target);
    const unhandled = exit === "error" || fallsToError.includes(exit);
    const why = unhandled ? (faulted ? code : "bad-value") : "dangling-exit";
    if (region.container) {
      this.rest(region, "error", why);
      return done("~rest");
    }
    return done(this.lost(region.current, why));
  }

  private lost(id: string, code: string): string {
    const [handler, node] = Object.entries(this.doc.nodes).find(([, each]) => each.type === "on-error") ?? [];
    const codes = ((node?.config["codes"] as { code: string }[] | undefined) ?? []).map((item) => item.code);
    if (
      handler &&
      node &&
      handler !== id &&
      this.gone === null &&
      this.caught < Number(node.config["times"] ?? 1) &&
      (codes.length === 0 || codes.includes(code))
    ) {
      this.caught++;
      return handler;
    }
    this.failed ??= code;
    return "~apology";
  }

  /** An inner graph ends: what the node around it makes of it. */
  private rest(region: Region, outcome: string, code = "bad-value"): void {
    const { path, node, branch } = region.container!;
    const outcomes = ((node.config["outcomes"] as { exit: string }[] | undefined) ?? []).map((item) => item.exit);
    const exitFor = (name: string) => (name === "error" || outcomes.includes(name) ? name : "next");
    if (node.type === "subflow") {
      this.out.set(path, { exit: exitFor(outcome), faulted: outcome === "error", code });
      return;
    }
    this.out.set(`${path}/${branch}`, { exit: outcome, faulted: false, code });
    const names = (node.config["branches"] as { name: string }[]).map((item) => item.name);
    const ended = names.filter((name) => this.out.has(`${path}/${name}`));
    const exits = ended.map((name) => this.out.get(`${path}/${name}`)!.exit);
    if (node.type === "parallel" && ended.length < names.length) return;
    const exit = node.type === "parallel" ? (exits.includes("error") ? "error" : "next") : exitFor(exits[0]!);
    const decisive = node.type === "parallel" ? ended.find((name) => this.out.get(`${path}/${name}`)!.exit === "error") : ended[0];
    this.out.set(path, { exit, faulted: exit === "error", code: decisive === undefined ? "" : this.out.get(`${path}/${decisive}`)!.code });
  }

  // --- nodes ---

  private leave(region: Region): void {
    for (const inner of region.inner.toReversed()) this.drop(inner);
    region.inner = [];
    const path = this.pathOf(region);
    for (const store of [this.out, this.turns, this.tries]) for (const key of Array.from(store.keys())) if (key.startsWith(`${path}/`)) store.delete(key);
    if (!region.wait) return;
    Object.assign(this.vars, region.wait.partial(this.at));
    region.wait = null;
  }

  /** A region goes with all that is in it: deepest first, partials are kept. */
  private drop(region: Region): void {
    this.leave(region);
  }

  private enter(region: Region, id: string): void {
    region.current = id;
    region.wait = null;
    const path = this.pathOf(region);
    if (id === "~open") return void this.out.set(path, { exit: "next", faulted: false, code: "" });
    if (id === "~rest") return;
    if (id === "~apology") return this.ask(region, path, "apology", {}, ["next"]);
    if (id === "~goodbye") return this.ask(region, path, "hangup", {}, ["next"]);
    this.enteredNow++;
    this.entered.push(path);
    if (this.enteredNow > limits.nodesPerStepHard) this.halted = true;
    const node = region.nodes[id]!;
    if (containers.has(node.type)) return this.open(region, node, path);
    if (node.type === "hangup") this.outcome ??= String(node.config["outcome"]);
    if (node.type === "finish" && !region.container) this.outcome ??= String(node.config["outcome"]);
    if (this.tooMany()) return void this.out.set(path, { exit: "error", faulted: true, code: "node-limit" });
    if (node.type === "loop" && this.enteredNow > limits.nodesBeforePause) {
      const wait = pausedLoop(["again", "done"], this.at, () => decide(node, path, region.nodes, this)!);
      wait.order = ++this.counter;
      region.wait = wait;
      return;
    }
    const decided = decide(node, path, region.nodes, this);
    if (decided) return void this.out.set(path, decided);
    this.ask(region, path, node.type, node.config, exitsOf(node));
  }

  /** Told to one node of a step: what that leads to goes on. */
  private tooMany(): boolean {
    if (this.toldNow || this.enteredNow <= limits.nodesPerStep) return false;
    this.toldNow = true;
    return true;
  }

  private open(region: Region, node: DocNode, path: string): void {
    const refs = node.type === "subflow" ? [{ name: "", part: node.config["part"] }] : (node.config["branches"] as { name: string; part: string }[]);
    const inner = refs.map((ref): Region | null => {
      const part = this.doc.parts[String(ref.part)];
      const within = this.trail(region).includes(String(ref.part));
      if (!part || within || !(part.start in part.nodes)) return null;
      const prefix = ref.name === "" ? `${path}/` : `${path}/${ref.name}/`;
      return { prefix, nodes: part.nodes, start: part.start, current: "~open", wait: null, inner: [], container: { path, node, branch: ref.name } };
    });
    if (inner.includes(null)) {
      if (this.tooMany()) return void this.out.set(path, { exit: "error", faulted: true, code: "node-limit" });
      return void this.out.set(path, { exit: "error", faulted: true, code: "bad-value" });
    }
    region.inner = inner as Region[];
    for (const each of region.inner) this.enter(each, "~open");
  }

  /** Parts around a region, by the prefix of its path. */
  private trail(region: Region): string[] {
    const parts: string[] = [];
    for (let at: Region | null = region; at; at = this.parentOf(at)) if (at.container) parts.push(...partNames(at, this.doc));
    return parts;
  }

  private parentOf(region: Region): Region | null {
    return this.regions(this.root, true).find((each) => each.inner.includes(region)) ?? null;
  }

  private ask(region: Region, path: string, type: string, config: Record<string, unknown>, exits: string[]): void {
    const wait = beginWait(type, config, exits, () => `${path}#${++this.counter}`, this.at, this);
    if (wait === null) return void this.out.set(path, { exit: "error", faulted: true, code: "expression" });
    if (this.gone && wait.media) {
      const hangup = type === "hangup";
      return void this.out.set(path, { exit: hangup ? "next" : "error", faulted: !hangup, code: "leg-gone" });
    }
    wait.order = this.counter;
    region.wait = wait;
    this.afterTurn(region);
  }

  private end(): void {
    if (this.ended !== null) return;
    const limit = this.failed === "node-limit" && this.halted;
    const hard = this.enteredNow > limits.nodesPerStepHard;
    this.ended = limit || hard ? "limit" : this.failed ? "fault" : this.gone ? "caller-hangup" : "flow";
    for (const region of this.regions(this.root, true).toReversed()) {
      if (region.wait) Object.assign(this.vars, region.wait.partial(this.at));
      region.wait = null;
    }
  }

  // --- what is told ---

  private regions(region: Region, all = false): Region[] {
    const inner = region.inner.flatMap((each) => this.regions(each, all));
    return all || region.inner.length === 0 ? [region, ...inner] : inner;
  }

  private pathOf(region: Region): string {
    return region.prefix + region.current;
  }

  private told(finished: string | null): Told {
    const now = new Map<string, string>();
    const waits = this.ended === null ? this.regions(this.root).flatMap((region) => (region.wait ? [region.wait] : [])) : [];
    for (const wait of waits) for (const [id, verb] of Object.entries(wait.acts)) now.set(id, verb);
    const asks = [...now].filter(([id]) => !this.acts.has(id)).map(([id, verb]) => `${id} ${verb}`);
    const cancels = [...this.acts.keys()].filter((id) => !now.has(id) && id !== finished);
    this.acts = now;
    const dues = [...waits.map((wait) => wait.due), this.gone?.due ?? null].filter((due) => due !== null);
    const due = this.ended !== null || dues.length === 0 ? null : Math.min(...dues);
    const { entered, outcome, ended } = this;
    this.entered = [];
    return { asks, cancels, due, done: ended !== null, entered, outcome, ended };
  }
}

const containers = new Set(["subflow", "parallel", "race"]);

function partNames(region: Region, doc: Doc): string[] {
  return Object.entries(doc.parts)
    .filter(([, part]) => part.nodes === region.nodes)
    .map(([name]) => name);
}
