import { documentPath } from "../compile/document-path.ts";
import type { Flow } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";
import { choicesAt } from "./choices.ts";
import type { Conversation, Given, TalkItem } from "./conversation.ts";
import { coverable } from "./coverage.ts";
import { variantsFor } from "./path-variants.ts";
import { placeOf } from "./place-of.ts";
import { playersOf, type PlayOptions, type Player } from "./player.ts";
import { performTalk, visitedBy } from "./run-conversation.ts";

/** The shortest conversations found, and the targets without one. */
export type Paths = { conversations: Conversation[]; uncovered: string[]; runs: number };
export type PathOptions = PlayOptions & {
  /** Upper bound on simulated calls. */
  maxRuns?: number;
  /** Longest talk tried, in acts. */
  maxActs?: number;
  /** Targets already visited. */
  visited?: ReadonlySet<string>;
  /** Called from time to time with the progress of the search. */
  progress?: (now: PathProgress) => void;
};
/** Calls simulated of at most so many, and places still without a way of all that are looked for. */
export type PathProgress = { runs: number; maxRuns: number; open: number; total: number };
const runsBetweenReports = 25;

export type Run = { given: Given; talk: TalkItem[]; visited: Set<string>; player: Player };

/**
 * Looks for the shortest conversation to every node and wired exit: breadth first over what a person can do where the
 * flow waits, then over what services, clock and data could be. Deterministic; bounded by `maxRuns`.
 */
export function findPaths(flow: Flow, givens: readonly Given[], options: PathOptions = {}): Paths {
  const { maxRuns = 3_000, maxActs = 25, visited = new Set<string>(), progress, ...play } = options;
  const open = new Set([...targetsOf(flow)].filter((target) => !visited.has(target)));
  const total = open.size;
  const search = new Search(flow, play, maxRuns, maxActs, open, (runs) => progress?.({ runs, maxRuns, open: open.size, total }));
  const starts = givens.map((given) => ({ given, talk: [] }));
  for (const exact of [false, true]) {
    search.walk(starts, exact);
    search.vary();
  }
  progress?.({ runs: search.runs, maxRuns, open: open.size, total });
  return { conversations: search.chosen(), uncovered: [...open], runs: search.runs };
}

const targetsOf = (flow: Flow): Set<string> => {
  const { nodes, exits } = coverable(flow);
  return new Set([...nodes, ...exits]);
};

type Start = { given: Given; talk: TalkItem[] };

class Search {
  runs = 0;
  readonly open: Set<string>;
  private readonly found = new Map<string, Run>();
  private readonly seen = new Set<string>();
  private readonly flow: Flow;
  private readonly start: (given: Given) => Player;
  private readonly report: (runs: number) => void;
  private readonly behindHangup: ReadonlySet<string>;
  private readonly maxRuns: number;
  private readonly maxActs: number;

  constructor(flow: Flow, play: PlayOptions, maxRuns: number, maxActs: number, open: Set<string>, report: (runs: number) => void) {
    this.flow = flow;
    this.start = playersOf(flow, play);
    this.behindHangup = behindHangup(flow);
    this.maxRuns = maxRuns;
    this.maxActs = maxActs;
    this.open = open;
    this.report = report;
  }

  /**
   * Breadth first from these starts: every place where the flow waits is gone on from once. Places that differ only in what
   * was answered before are one place, unless told to be `exact`: with them the ways multiply.
   */
  walk(starts: readonly Start[], exact = false): void {
    const queue = [...starts];
    for (let next = queue.shift(); next && this.runs < this.maxRuns && this.open.size > 0; next = queue.shift()) {
      const run = this.play(next);
      const key = placeOf(run.player, run.given, exact);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      this.hangups(run);
      if (run.talk.length >= this.maxActs) continue;
      for (const choice of choicesAt(run.player)) queue.push({ given: run.given, talk: [...run.talk, polite(choice.item)] });
    }
  }

  /** What stays open is looked for with other answers of services, at other times, with other data; then walked on from. */
  vary(): void {
    for (let round = 0; round < 4 && this.open.size > 0 && this.runs < this.maxRuns; round++) {
      const before = this.open.size;
      for (const [node] of allNodes(this.flow)) {
        const wanted = [...this.open].filter((target) => target.startsWith(`${node}:`));
        const near = this.found.get(node);
        if (wanted.length === 0 || !near) continue;
        for (const given of variantsFor(this.flow, node, near, wanted)) {
          if (this.runs >= this.maxRuns || !wanted.some((target) => this.open.has(target))) break;
          const size = this.open.size;
          this.play({ given, talk: near.talk });
          if (this.open.size < size) this.walk([{ given, talk: near.talk }]);
        }
      }
      if (this.open.size === before) return;
    }
  }

  /** Plays a talk up to where the flow waits for a person next, or ends; what it visits is taken off the list. */
  private play({ given, talk }: Start): Run {
    this.runs++;
    if (this.runs % runsBetweenReports === 0) this.report(this.runs);
    const player = this.start(given);
    performTalk(player, talk);
    for (let guard = 0; guard < 500 && !player.done && choicesAt(player).length === 0; guard++) if (!player.advanceOne()) break;
    const run: Run = { given, talk, visited: visitedBy(this.flow, player.result()), player };
    for (const target of run.visited) {
      const known = this.found.get(target);
      if (!known || known.talk.length > talk.length) this.found.set(target, run);
      this.open.delete(target);
    }
    return run;
  }

  /** A hang-up in every node on the way that has an exit for it, and one for on-hangup. */
  private hangups(run: Run): void {
    for (const visit of run.player.result().path) {
      const node = documentPath(this.flow, visit.node);
      for (const exit of ["abandoned", "hangup"]) {
        if (node === null || !this.open.has(`${node}:${exit}`) || this.runs >= this.maxRuns) continue;
        this.hangupAt(run, exit === "abandoned" ? visit.at : (joinedAt(run, visit.node, visit.at) ?? visit.at));
      }
    }
    // Just after the last thing the caller did: what is said or sent then may be the last of the call.
    if ((!run.player.done || run.talk.length > 0) && this.wantsHangup()) this.play({ given: run.given, talk: [...run.talk, { hangup: true }] });
  }

  /** Something that a call comes to after a hang-up is still looked for. */
  private wantsHangup(): boolean {
    for (const target of this.open) if (this.behindHangup.has(target.split(":")[0]!)) return true;
    return false;
  }

  private hangupAt(run: Run, at: number): void {
    const replay = this.start(run.given);
    const talk: TalkItem[] = [];
    for (const item of run.talk) {
      if (replay.now > at) break;
      performTalk(replay, [item]);
      if (replay.now > at) break;
      talk.push(item);
    }
    const again = this.start(run.given);
    performTalk(again, talk);
    this.play({ given: run.given, talk: [...talk, { wait: Math.max(0, at - again.now) / 1000 + 0.05 }, { hangup: true }] });
  }

  /** Few conversations that together reach all that was found: the one that adds most first. */
  chosen(): Conversation[] {
    const left = new Set(this.found.keys());
    for (const target of left) if (!targetsOf(this.flow).has(target)) left.delete(target);
    const runs = [...new Set(this.found.values())];
    const conversations: Conversation[] = [];
    while (left.size > 0) {
      const gain = (run: Run) => [...run.visited].filter((target) => left.has(target)).length;
      const best = runs.toSorted((a, b) => gain(b) - gain(a) || a.talk.length - b.talk.length)[0];
      if (!best || gain(best) === 0) break;
      for (const target of best.visited) left.delete(target);
      conversations.push(this.written(best));
    }
    return conversations;
  }

  /** The run to its end as a test: what came of it is what is expected. */
  private written({ given, talk }: Run): Conversation {
    const player = this.start(given);
    performTalk(player, talk);
    for (let guard = 0; guard < 2_000 && !player.done; guard++) if (!player.advanceOne()) break;
    const { path, result, outcome, ended } = player.result();
    const nodes = path.map((visit) => visit.node).filter((node) => !node.startsWith("~"));
    const last = nodes.at(-1) ?? "";
    const expect = player.done ? { path: nodes, result, outcome, ended } : { path: nodes, result };
    return { title: { ru: `Путь до ${last}`, en: `Path to ${last}` }, given, talk, expect };
  }
}

/** Nodes of the flow's own graph that can be played after «On hang-up» has taken over. */
function behindHangup({ nodes }: Flow): Set<string> {
  const behind = new Set(Object.keys(nodes).filter((id) => nodes[id]!.type === "on-hangup"));
  for (const id of behind) for (const to of Object.values(nodes[id]?.exits ?? {})) behind.add(to);
  return behind;
}

/** When the caller was joined with a person in this visit of a node: until then a hang-up there leaves another way. */
function joinedAt({ player }: Run, node: string, from: number): number | null {
  const joined = player.journal.find(({ at, data }) => at >= from && data?.["type"] === "connected" && String(data["id"]).startsWith(`${node}#`));
  return joined?.at ?? null;
}

/** Keys are pressed once the question was asked, or they would be typed ahead into another one. */
const polite = (item: TalkItem): TalkItem => ("press" in item ? { ...item, when: "asked" } : item);
