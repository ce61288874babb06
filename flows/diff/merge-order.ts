import { canonical, same } from "./same.ts";

/**
 * The order of `kept` items after both sides added, removed and moved some. Two different moves are a `clash`: ours
 * stands. What one side added follows its neighbour there; runs added at one place stand by the alphabet, so that the
 * result does not depend on whose side is whose.
 */
export function mergeOrder(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  kept: ReadonlySet<string>,
): { order: string[]; clash: boolean } {
  const [b, o, t] = [base, ours, theirs].map((keys) => keys.filter((key) => kept.has(key))) as [string[], string[], string[]];
  const common = commonTo(b, o, t);
  const [bc, oc, tc] = [b, o, t].map((keys) => keys.filter((key) => common.has(key))) as [string[], string[], string[]];
  const clash = !same(oc, bc) && !same(tc, bc) && !same(oc, tc);
  const spine = same(oc, bc) ? tc : oc;
  const [ourRuns, theirRuns] = [runsBehind(o, common), runsBehind(t, common)];
  const behind = (anchor: string | null) => joined(ourRuns.get(anchor) ?? [], theirRuns.get(anchor) ?? []);
  const order = [...behind(null), ...spine.flatMap((key) => [key, ...behind(key)])];
  return { order: [...new Set(order)], clash };
}

function commonTo(...lists: string[][]): Set<string> {
  const [first = [], ...rest] = lists;
  const others = rest.map((list) => new Set(list));
  return new Set(first.filter((key) => others.every((other) => other.has(key))));
}

/** What stands between common items, by the common item before it (null at the beginning). */
function runsBehind(keys: readonly string[], common: ReadonlySet<string>): Map<string | null, string[]> {
  const runs = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const key of keys) {
    if (common.has(key)) anchor = key;
    else runs.set(anchor, [...(runs.get(anchor) ?? []), key]);
  }
  return runs;
}

const joined = (a: string[], b: string[]): string[] => (canonical(a) <= canonical(b) ? [...a, ...b] : [...b, ...a]);
