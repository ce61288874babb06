import type { Graph } from "../schema/graph.ts";
import type { PlacedNode } from "./rule.ts";

/**
 * The paths of a call as numbers: the place of a node is its index in `all`. A node that plays parts has a second place
 * after it: the call enters the parts from the first and continues from the second once they have ended.
 */
export type CallGraph = {
  /** All places: the nodes, then one after each node that plays a part. */
  size: number;
  next: readonly (readonly number[])[];
  before: readonly (readonly number[])[];
  /** Targets of each node inside its own graph: exits and jumps. */
  local: readonly (readonly number[])[];
  /** `local` and the first nodes of the parts it plays: everything a call can reach, except through a part that returns elsewhere. */
  forward: readonly (readonly number[])[];
  /** The place after a node that plays parts, where its exits start; its own place for every other node. */
  behind(place: number): number;
  /** Connected exits whose node does not exist. */
  lostExits: readonly { place: number; exit: string }[];
  /** The node of a place. */
  nodeAt(place: number): number;
  /** Place of the node with this ID in `graph`; -1 if it does not exist. */
  at(graph: Graph, id: string): number;
  /** Target of a connected exit; -1 if there is none. */
  exit(place: number, exit: string): number;
  /** First node of the flow and of each part; -1 if it does not exist. */
  start: number;
  startOf(part: string): number;
};

const lost = -1;
/** Placeholder until the place gets its own list. */
const nowhere: number[] = [];

type Wires = { node: PlacedNode; ids: number; out: number[]; lost: readonly string[] };
/** Cached edges by place: valid as long as the nodes have the same places (`ids`). */
export type Wiring = { ids: number; known: Wires[] };

export function callGraph(graphs: readonly Graph[], all: readonly PlacedNode[], wiring: Wiring): CallGraph {
  const places = new Map<string | null, Map<string, number>>(graphs.map((graph) => [graph.part, new Map()]));
  const behindOf = new Map<number, number>();
  const owners: number[] = [];
  for (let place = 0; place < all.length; place++) {
    const { id, graph, facts } = all[place]!;
    places.get(graph.part)!.set(graph.part === null ? id : id.slice(graph.prefix.length), place);
    if (facts.graphs.length === 0) continue;
    behindOf.set(place, all.length + owners.length);
    owners.push(place);
  }
  const at = (graph: Graph, id: string): number => places.get(graph.part)!.get(id) ?? lost;
  const starts = new Map(graphs.map((graph) => [graph.part, at(graph, graph.start)]));
  const size = all.length + owners.length;
  const behind = (place: number): number => behindOf.get(place) ?? place;
  const next: number[][] = Array.from({ length: size }, () => nowhere);
  for (const place of owners) next[place] = [];
  const lostExits = wireAll(all, places, next, behind, wiring);
  const local = all.map((_node, place) => next[behind(place)]!);
  const startOf = (part: string): number => starts.get(part) ?? lost;
  const forward = all.map((node, place) => forwardOf(node, local[place]!, startOf));
  if (owners.length > 0) enterParts(all, starts, behindOf, next);
  return {
    size,
    next,
    before: backwards(next),
    local,
    forward,
    lostExits,
    behind,
    nodeAt: (place) => (place < all.length ? place : owners[place - all.length]!),
    at,
    exit: exitsIn(all, at),
    start: starts.get(null) ?? lost,
    startOf,
  };
}

const exitsIn =
  (all: readonly PlacedNode[], at: CallGraph["at"]): CallGraph["exit"] =>
  (place, name) => {
    const { node, graph } = all[place]!;
    return Object.hasOwn(node.exits, name) ? at(graph, node.exits[name]!) : lost;
  };

function forwardOf({ facts, node }: PlacedNode, local: readonly number[], startOf: CallGraph["startOf"]): readonly number[] {
  if (facts.graphs.length === 0 || node.enabled === false) return local;
  const starts = facts.graphs.flatMap(({ part }) => (part === undefined || startOf(part) === lost ? [] : [startOf(part)]));
  return [...local, ...starts];
}

/**
 * The graph after only the exits of these nodes have changed: equal to a rebuilt graph, without visiting
 * the other nodes. Unchanged lists are shared with the previous graph.
 */
export function rewired(graph: CallGraph, all: readonly PlacedNode[], places: readonly number[]): CallGraph {
  const next = graph.next.slice();
  const before = graph.before.slice();
  const local = graph.local.slice();
  const forward = graph.forward.slice();
  const lostNow: { place: number; exit: string }[] = [];
  for (const place of places) {
    const node = all[place]!;
    const { out, lost: none } = wires(node, (id) => graph.at(node.graph, id));
    local[place] = out;
    forward[place] = forwardOf(node, out, graph.startOf);
    for (const exit of none) lostNow.push({ place, exit });
    // The end of a part leads to the place after the nodes that play it, whatever its exits are.
    if (graph.size > all.length && node.graph.part !== null && node.node.type === "finish") continue;
    const from = graph.behind(place);
    const was = next[from]!;
    next[from] = out;
    for (const to of new Set([...was, ...out])) before[to] = withSource(before[to]!, from, out.filter((each) => each === to).length);
  }
  const changed = new Set(places);
  const lostExits = [...graph.lostExits.filter(({ place }) => !changed.has(place)), ...lostNow].sort((a, b) => a.place - b.place);
  return { ...graph, next, before, local, forward, lostExits, exit: exitsIn(all, graph.at) };
}

/** Predecessors of a place, in order, with `from` repeated per edge. */
function withSource(sources: readonly number[], from: number, times: number): number[] {
  const others = sources.filter((each) => each !== from);
  const at = others.findIndex((each) => each > from);
  others.splice(at < 0 ? others.length : at, 0, ...Array.from({ length: times }, () => from));
  return others;
}

function backwards(next: readonly (readonly number[])[]): number[][] {
  const before: number[][] = Array.from({ length: next.length }, () => []);
  for (let from = 0; from < next.length; from++) for (const to of next[from]!) before[to]!.push(from);
  return before;
}

type Places = ReadonlyMap<string | null, ReadonlyMap<string, number>>;

/** Follows every exit and jump; returns the exits that lead to a node that does not exist. */
function wireAll(all: readonly PlacedNode[], places: Places, next: number[][], behind: (place: number) => number, wiring: Wiring): CallGraph["lostExits"] {
  const lostExits: { place: number; exit: string }[] = [];
  const within = new Map([...places].map(([part, own]) => [part, (id: string): number => own.get(id) ?? lost]));
  wiring.known.length = Math.min(wiring.known.length, all.length);
  for (let place = 0; place < all.length; place++) {
    const node = all[place]!;
    let known = wiring.known[place];
    if (known?.node !== node || known.ids !== wiring.ids) {
      const { out, lost: none } = wires(node, within.get(node.graph.part)!);
      wiring.known[place] = known = { node, ids: wiring.ids, out, lost: none };
    }
    next[behind(place)] = known.out;
    for (const exit of known.lost) lostExits.push({ place, exit });
  }
  return lostExits;
}

function wires(placed: PlacedNode, own: (id: string) => number): { out: number[]; lost: string[] } {
  const { node, facts } = placed;
  const out: number[] = [];
  const lostHere: string[] = [];
  for (const exit of Object.keys(node.exits)) {
    const to = own(node.exits[exit]!);
    if (to === lost) lostHere.push(exit);
    else if (isTaken(placed, exit)) out.push(to);
  }
  if (node.enabled !== false) for (const id of facts.jumps) push(out, own(id));
  return { out, lost: lostHere };
}

/** Whether a call can leave by this exit: a disabled node leaves by its first exit, an end only by a hang-up. */
function isTaken({ node, facts }: PlacedNode, exit: string): boolean {
  if (facts.config === undefined || facts.hangupExits.includes(exit)) return true;
  if (node.enabled === false) return exit === (facts.exits[0] ?? "error");
  return facts.definition?.final ? false : exit === "error" || facts.exits.includes(exit);
}

function push(list: number[], place: number): void {
  if (place !== lost) list.push(place);
}

/** A node that plays parts leads to their starts; their ends lead to the place behind it. */
function enterParts(all: readonly PlacedNode[], starts: ReadonlyMap<string | null, number>, behindOf: ReadonlyMap<number, number>, next: number[][]): void {
  const players = new Map<string, number[]>();
  for (const [place, behind] of behindOf) {
    if (all[place]!.node.enabled === false) {
      next[place]!.push(behind);
      continue;
    }
    for (const { part } of all[place]!.facts.graphs) {
      const start = part === undefined ? lost : (starts.get(part) ?? lost);
      // The content of another flow is unknown here: the call may return from it at once.
      if (part === undefined || start === lost) next[place]!.push(behind);
      else {
        next[place]!.push(start);
        players.set(part, [...(players.get(part) ?? []), behind]);
      }
    }
  }
  const returns = new Set<string>();
  all.forEach(({ node, graph }, place) => {
    if (graph.part === null || node.type !== "finish") return;
    const behinds = players.get(graph.part) ?? [];
    if (behinds.length > 0) returns.add(graph.part);
    next[place] = [...behinds];
  });
  for (const [place, behind] of behindOf) {
    const stuck = all[place]!.facts.graphs.every(({ part }) => part === undefined || !returns.has(part));
    if (stuck && !next[place]!.includes(behind)) next[place]!.push(behind);
  }
}

/** Marks every place reachable from `roots`; if `enter` rejects a place, it is neither marked nor passed. */
export function reach(lists: CallGraph["next"], roots: readonly number[], enter?: (place: number) => boolean): Uint8Array {
  const seen = new Uint8Array(lists.length);
  const queue: number[] = [];
  const visit = (place: number) => {
    if (place < 0 || seen[place] === 1 || (enter && !enter(place))) return;
    seen[place] = 1;
    queue.push(place);
  };
  for (const root of roots) visit(root);
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const list = lists[place]!;
    for (let at = 0; at < list.length; at++) if (seen[list[at]!] === 0) visit(list[at]!);
  }
  return seen;
}

/**
 * The lowest cost of a path from the starts to each place, including its own cost; Infinity if there is no path.
 * Costs are whole numbers ≥ 0, bounded by `most`: places beyond it are not visited, nor paths after an `end`. Buckets
 * keep it linear.
 */
export function cheapest(
  lists: CallGraph["next"],
  roots: readonly number[],
  cost: (place: number) => number,
  most: number,
  end: (place: number) => boolean = () => false,
): Float64Array {
  const best = new Float64Array(lists.length).fill(Number.POSITIVE_INFINITY);
  const buckets: (number[] | undefined)[] = [];
  const offer = (place: number, before: number) => {
    const total = before + cost(place);
    if (total > most || total >= best[place]!) return;
    best[place] = total;
    (buckets[total] ??= []).push(place);
  };
  for (const root of roots) if (root >= 0) offer(root, 0);
  for (let level = 0; level < buckets.length; level++) {
    // The list grows during iteration: paths without cost.
    for (const place of buckets[level] ?? []) if (best[place] === level && !end(place)) for (const to of lists[place]!) offer(to, level);
  }
  return best;
}
