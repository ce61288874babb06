import type { Flow, FlowNode } from "../schema/flow.ts";
import type { Language } from "../language/index.ts";
import type { WaiterName } from "../waiting/index.ts";
import type { Tunable, TunableRange } from "../nodes/tunable.ts";
import type { Label } from "../schema/values.ts";
import { branchesState, restAction, restState, subflowState, type CompileStates, type GraphRef } from "./containers.ts";
import { mark, type PromptMarker } from "./resolve.ts";
import type { StateJson, TransitionJson } from "./machine.ts";
import type { Unit } from "./unit.ts";

export const apologyState = "~apology";
export const endState = "~ended";
const rootEnd = `#flow.${endState}`;

/** Exits that fall through to `error` if not connected. */
const fallsToError = new Set(["noInput", "invalid", "timeout"]);

/** The argument of a node's `compile`: the only XState-specific helpers. One kit per node. */
export type Kit = {
  /** The node's id in its graph, and its path in the machine ("book/ask"). */
  readonly id: string;
  readonly path: string;
  readonly flow: Flow;
  /** The nodes of the surrounding graph. */
  readonly nodes: Flow["nodes"];
  /** The first edge of every state: beyond the node limit the call ends. */
  readonly halted: TransitionJson;
  /** Waits for an external command or the caller; leaves by the exit that its reducer returns. */
  ask(waiter: WaiterName, args: unknown): StateJson;
  /** Decides at once with the node type's `decide`; with `paced`, in a separate step after many nodes, for loops. */
  branch(args: unknown, pace?: "paced"): StateJson;
  /** Continues at another node of this graph. */
  goto(target: string): StateJson;
  /** Ends this graph with an outcome. */
  finish(outcome: string): StateJson;
  /** Performs a last command and ends the call with an outcome, however deeply this graph is nested. */
  endCall(outcome: string, waiter: WaiterName, args: unknown): StateJson;
  /** Shows the last step of a script; the chosen option is disposition and outcome. */
  dispose(args: unknown, options: readonly string[]): StateJson;
  /** Plays an inner graph; leaves by its outcome. */
  subflow(ref: GraphRef, outputs: readonly { from: string; saveAs: string }[]): StateJson;
  /** Plays inner graphs in parallel; `all` leaves by `next` or `error`, `first` by the first outcome. */
  branches(join: "all" | "first", refs: readonly (GraphRef & { name: string })[], saveAs: string): StateJson;
  /** A compound state with this node's edges. */
  container(inner: Pick<StateJson, "initial" | "type" | "states">): StateJson;
  /** A node that cannot run: leaves by `error` with this reason. */
  unusable(problem: string): StateJson;
  prompt(key: string | undefined): PromptMarker[];
  /** A question followed by its options, in this order or shuffled per call. */
  menu(prompt: string, options: readonly (string | undefined)[], random: boolean): unknown;
  words(key: string | undefined): unknown;
  /** A label in the call's language; `fallback` if it is empty. */
  label(label: Label | undefined, fallback: string): unknown;
  text: typeof mark.text;
  cel: typeof mark.cel;
  /** A tunable number of the form, in the command's unit. */
  number(value: Tunable, range: TunableRange, by?: number): unknown;
  celText: typeof mark.celText;
};

export function makeKit(unit: Unit, id: string, type: string, node: FlowNode, exits: readonly string[], compile: CompileStates): Kit {
  const { flow } = unit;
  const path = unit.prefix + id;
  const scope = unit.scope ? { scope: unit.scope } : {};
  const abandoned = !exits.includes("abandoned") && wiredTo(unit, node, "abandoned") !== null ? { abandoned: true } : {};
  const leave = { exit: [{ type: "leave", params: { path, ...scope, ...abandoned } }] };
  const all = (exits.includes("error") ? exits : [...exits, "error"]).flatMap((exit) => edge(unit, id, node, exit));
  const halted: TransitionJson = { guard: { type: "halted" }, target: rootEnd };
  const frame = (entry: NonNullable<StateJson["entry"]>, always: TransitionJson[]): StateJson => ({
    entry: [{ type: "enter", params: { path } }, ...entry],
    ...leave,
    always: [halted, ...always],
    ...hangupEdge(unit, id, node, exits),
  });
  const asked = (waiter: WaiterName, args: unknown, names: readonly string[]) => ({ type: "ask", params: { path, waiter, args, exits: names, ...scope } });
  const decided = (node: string, args: unknown, pace?: "paced") => ({
    type: "decide",
    params: { path, node, args, exits, ...scope, ...(pace && { paced: true }) },
  });
  const kit: Kit = {
    id,
    path,
    flow,
    nodes: unit.nodes,
    halted,
    ask: (waiter, args) => frame([asked(waiter, args, exits)], all),
    branch: (args, pace) => frame([decided(type, args, pace)], all),
    goto(target) {
      if (!(target in unit.nodes)) return kit.unusable(`node "${target}" does not exist`);
      const edges = [{ guard: { type: "took", params: { path, exit: "next" } }, target, reenter: true, actions: [take(path, "next")] }];
      return frame([decided("~next", {})], [...edges, ...edge(unit, id, node, "error")]);
    },
    finish(outcome) {
      const entry = unit.container ? [decided("~next", {})] : [{ type: "settle", params: { outcome } }, decided("~next", {})];
      return frame(entry, toEnd(unit, path, outcome));
    },
    endCall: (outcome, waiter, args) => frame([{ type: "settle", params: { outcome } }, asked(waiter, args, ["next"])], toCallEnd(unit, path)),
    dispose(args, options) {
      const always = options.map((exit) => {
        const params = { path, exit };
        const actions = [{ type: "dispose", params }, take(path, exit), ...(unit.branch ? [{ type: "ending" }] : [])];
        return { guard: { type: "took", params }, target: unit.branch ? restState : rootEnd, actions };
      });
      return frame([asked("show", args, options)], [...always, ...toCallEnd(unit, path)]);
    },
    subflow: (ref, outputs) => subflowState(kit, unit, ref, { exits, join: "flow", saveAs: "", outputs }, compile),
    branches: (join, refs, saveAs) => branchesState(kit, unit, refs, { exits, join, saveAs, outputs: [] }, compile),
    container: (inner) => ({ ...frame([], all), exit: [{ type: "close", params: { path } }, ...leave.exit], ...inner }),
    unusable: (problem) => frame([decided("~unusable", { problem })], all),
    prompt: (key) => (key ? [markerOf(unit, key)] : []),
    menu: (prompt, options, random) => mark.menu(kit.prompt(prompt), options.map(kit.prompt), random),
    words: (key) => mark.words(key ? markerOf(unit, key) : null),
    label: (label, fallback) => labelMarker(flow, label, fallback),
    text: mark.text,
    cel: mark.cel,
    number: (value, range, by = 1) => mark.number(value, range, by),
    celText: mark.celText,
  };
  return kit;
}

const nothing: readonly never[] = [];
const take = (path: string, exit: string) => ({ type: "take", params: { path, exit } });

/** Final nodes end the flow whatever happened to their last command. */
const toRootEnd = (path: string): TransitionJson[] =>
  ["next", "error"].map((exit) => ({ guard: { type: "took", params: { path, exit } }, target: rootEnd, actions: [take(path, exit)] }));

/**
 * The call ends here. Inside a branch the end is announced first: every branch then goes to the end by itself, and it does not
 * matter which of them moves first.
 */
function toCallEnd(unit: Unit, path: string): TransitionJson[] {
  if (!unit.branch) return toRootEnd(path);
  return toRootEnd(path).map((edge) => ({ ...edge, target: restState, actions: [...edge.actions!, { type: "ending" }] }));
}

/** The end of this graph: the call's end at the root, the rest state inside a container. */
function toEnd(unit: Unit, path: string, outcome: string): TransitionJson[] {
  if (!unit.container) return toRootEnd(path);
  return ["next", "error"].map((exit) => ({
    guard: { type: "took", params: { path, exit } },
    target: restState,
    actions: [restAction(unit, outcome), take(path, exit)],
  }));
}

/** The edge of one exit, with its fallbacks: noInput/invalid/timeout → error → on-error → apology. */
function edge(unit: Unit, id: string, node: FlowNode, exit: string): TransitionJson[] {
  const path = unit.prefix + id;
  const params = { path, exit };
  const guard = { type: "took", params };
  const taken = { type: "take", params };
  const again = exit === "error" ? retryEdge(path, id, node) : nothing;
  const target = wiredTo(unit, node, exit) ?? (fallsToError.has(exit) ? wiredTo(unit, node, "error") : null);
  if (target) {
    const edge = { guard, target, reenter: true, actions: [taken] };
    return again.length === 0 ? [edge] : [...again, edge];
  }
  const unhandled = exit === "error" || fallsToError.has(exit);
  const fault = unhandled ? { path } : { path, code: "dangling-exit" };
  if (unit.container) return [...again, { guard, target: restState, actions: [{ type: "lost", params: fault }, restAction(unit, "error", path), taken] }];
  const fail = { type: "fail", params: fault };
  return [...again, ...caughtEdge(unit, path, exit, fault), { guard, target: unit.flow.kind === "ivr" ? apologyState : endState, actions: [fail, taken] }];
}

/** A node with retries is entered again before its `error` exit is taken. */
function retryEdge(path: string, id: string, node: FlowNode): TransitionJson[] {
  if (!node.retries) return [];
  const params = { path, times: node.retries };
  return [{ guard: { type: "mayRetry", params }, target: id, reenter: true, actions: [{ type: "again", params }] }];
}

/** An unhandled error goes to `on-error` first, up to its limit per call. */
function caughtEdge(unit: Unit, path: string, exit: string, fault: { path: string; code?: string }): TransitionJson[] {
  if (!unit.onError || unit.onError.id === path) return [];
  const { id: handler, node } = unit.onError;
  const { codes, times } = node.config as { codes?: { code: string }[]; times?: number };
  const params = { ...fault, exit, codes: (codes ?? []).map((item) => item.code), times: times ?? 1 };
  const saveAs = typeof node.config["saveAs"] === "string" ? { saveAs: node.config["saveAs"] } : {};
  const caught = { type: "caught", params: { ...fault, ...saveAs } };
  return [{ guard: { type: "mayCatch", params }, target: handler, reenter: true, actions: [caught, take(path, exit)] }];
}

/** A hang-up while waiting for a person, then a hang-up at any time; unconnected exits are left to the root. */
function hangupEdge(unit: Unit, id: string, node: FlowNode, exits: readonly string[]): Pick<StateJson, "on"> {
  if (unit.flow.kind !== "ivr" || unit.branch) return {};
  const edges = [
    { guard: { type: "abandons", params: { path: unit.prefix + id } }, target: exits.includes("abandoned") ? null : wiredTo(unit, node, "abandoned") },
    { guard: { type: "present" }, target: wiredTo(unit, node, "hangup") },
  ];
  const wired = edges.flatMap(({ guard, target }): TransitionJson[] =>
    target === null ? [] : [{ guard, target, reenter: true, actions: [{ type: "hungup", params: {} }] }],
  );
  return wired.length > 0 ? { on: { hangup: wired } } : {};
}

function wiredTo(unit: Unit, node: FlowNode, exit: string): string | null {
  const target = node.exits[exit];
  return target !== undefined && target in unit.nodes ? target : null;
}

function labelMarker(flow: Flow, label: Label | undefined, fallback: string): unknown {
  if (typeof label !== "object") return label || fallback;
  const texts = Object.fromEntries(Object.entries(label).flatMap(([language, text]) => (text ? [[language, { text }]] : [])));
  return Object.keys(texts).length === 0 ? fallback : mark.words({ key: fallback, texts, order: flow.languages });
}

/** Nodes that play the same prompt share its marker. */
function markerOf({ flow, markers }: Unit, key: string): PromptMarker {
  let marker = markers.get(key);
  if (!marker) markers.set(key, (marker = promptMarker(flow, key)));
  return marker;
}

/** All texts of a prompt, inlined so that the machine is self-contained. */
export function promptMarker(flow: Pick<Flow, "prompts" | "languages">, key: string): PromptMarker {
  const texts: PromptMarker["texts"] = {};
  for (const [language, entry] of Object.entries(flow.prompts[key] ?? {})) {
    const { text = "", audio } = typeof entry === "string" ? { text: entry } : (entry ?? {});
    texts[language as Language] = audio ? { text, audio } : { text };
  }
  return { key, texts, order: flow.languages };
}
