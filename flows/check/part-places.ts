import type { CheckContext } from "./rule.ts";

const known = new WeakMap<CheckContext, Map<string, number[]>>();

/** Nodes of each part that can be reached from its first node, without those of parts played inside. */
export function partPlaces(context: CheckContext): ReadonlyMap<string, readonly number[]> {
  const before = known.get(context);
  if (before) return before;
  const found = new Map<string, number[]>();
  for (const { part } of context.graphs) if (part !== null) found.set(part, inside(context, context.graph.startOf(part)));
  known.set(context, found);
  return found;
}

function inside({ graph, all }: CheckContext, start: number): number[] {
  if (start < 0) return [];
  const own = all[start]!.graph;
  const seen = new Set([start]);
  for (const place of seen) {
    for (const to of graph.next[graph.behind(place)]!) if (to < all.length && all[to]!.graph === own) seen.add(to);
  }
  return [...seen];
}

/** Properties of the nodes of each part, including nested parts: names written, types that talk. */
export function gatherParts<T>(context: CheckContext, give: (place: number) => readonly T[]): ReadonlyMap<string, ReadonlySet<T>> {
  const places = partPlaces(context);
  const gathered = new Map([...places].map(([part, list]) => [part, new Set(list.flatMap((place) => give(place)))]));
  const inner = new Map([...places].map(([part, list]) => [part, list.flatMap((place) => context.all[place]!.facts.graphs.flatMap((ref) => ref.part ?? []))]));
  for (let changed = true; changed;) {
    changed = false;
    for (const [part, set] of gathered) {
      const before = set.size;
      for (const played of inner.get(part) ?? []) for (const item of gathered.get(played) ?? []) set.add(item);
      changed ||= set.size !== before;
    }
  }
  return gathered;
}
