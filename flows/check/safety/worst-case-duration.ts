import { sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { CheckContext, FlowRule } from "../rule.ts";

const mostMs = 15 * 60_000;
const minute = 60_000;
/** The exits of a person's node by which the caller has got to a person. */
const served = new Set(["answered", "ok", "completed"]);

/** The longest way before a person or the end, every limit used up and no circle walked twice. */
export const worstCaseDuration: FlowRule = {
  code: "worst-case-duration",
  severity: "warning",
  check(context) {
    const { flow, all, graph } = context;
    if (flow.kind !== "ivr" || graph.start < 0) return [];
    const longest = longestFrom(context);
    if (longest <= mostMs) return [];
    const minutes = Math.round(longest / minute);
    return [
      {
        node: all[graph.start]!.id,
        message: {
          ru: `в худшем случае звонящий проведёт здесь ${minutes} мин, прежде чем дойдёт до человека или конца: уменьшите ожидание или попытки`,
          en: `at worst a caller spends ${minutes} min here before a person or the end: shorten waits or attempts`,
        },
      },
    ];
  },
};

/** Milliseconds of the longest way from the start; edges that lead back on the way are left out. */
function longestFrom(context: CheckContext): number {
  const { graph, all } = context;
  const best = new Float64Array(graph.size);
  const state = new Uint8Array(graph.size);
  const stack = [{ place: graph.start, at: 0, next: ways(context, graph.start) }];
  state[graph.start] = 1;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = top.next[top.at++];
    if (to === undefined) {
      const after = top.next.reduce((most, each) => (state[each] === 2 ? Math.max(most, best[each]!) : most), 0);
      best[top.place] = after + (top.place < all.length ? ownMs(context, top.place) : 0);
      state[top.place] = 2;
      stack.pop();
    } else if (state[to] === 0) {
      state[to] = 1;
      stack.push({ place: to, at: 0, next: ways(context, to) });
    }
  }
  return best[graph.start]!;
}

function ownMs({ all, sayMs }: CheckContext, place: number): number {
  const node = all[place]!;
  // A sort's functions take the config of their own node type.
  return isSound(node) && node.node.enabled !== false ? (sortOf(node.node.type).worst?.(node.config as never, sayMs) ?? 0) : 0;
}

/** Where a call goes on from a place as long as no person has taken it. */
function ways({ graph, all }: CheckContext, place: number): readonly number[] {
  const node = all[graph.nodeAt(place)]!.node;
  if (sortOf(node.type).person !== true) return graph.next[place]!;
  return Object.keys(node.exits).flatMap((exit) => {
    const to = served.has(exit) || exit === "hangup" ? -1 : graph.exit(place, exit);
    return to < 0 ? [] : [to];
  });
}
