import { byPlace } from "../by-place.ts";
import { sortOf } from "../node-sorts.ts";
import { isSound } from "../prepare.ts";
import type { CheckContext, FlowRule, PlacedNode } from "../rule.ts";

const mostMs = 15 * 60_000;
const minute = 60_000;
/** The exits by which the caller has reached a person. */
const served = new Set(["answered", "ok", "completed"]);

/** The longest path to a person or the end, with every limit used up and no loop repeated. */
export const worstCaseDuration: FlowRule = {
  code: "worst-case-duration",
  severity: "warning",
  needs: ["shape", "wires", "forms", "texts", "head"],
  check(context) {
    const { flow, all, graph } = context;
    if (flow.kind !== "ivr" || graph.start < 0) return [];
    const longest = longestFrom(context, graph.start, new Map());
    if (longest <= mostMs) return [];
    const minutes = Math.round(longest / minute);
    return [
      {
        node: all[graph.start]!.id,
        message: {
          ru: `в худшем случае звонящий проведёт здесь ${minutes} мин, прежде чем дойдёт до человека или конца: уменьшите ожидание или попытки`,
          en: `in the worst case, a caller spends ${minutes} min here before reaching a person or the end: reduce waits or attempts`,
        },
      },
    ];
  },
};

/** Milliseconds of the longest path from a place to the end of its graph; back edges are ignored. */
function longestFrom(context: CheckContext, start: number, parts: Map<string, number>): number {
  const { all } = context;
  const own = context.kept("worst-case-duration", ["shape", "forms", "texts"], () =>
    byPlace(new Float64Array(all.length), all, (node) => ownMs(context, node)),
  );
  const best = new Float64Array(all.length);
  const open = new Uint8Array(all.length);
  const at = new Int32Array(all.length);
  const after: (readonly number[])[] = [];
  const stack: number[] = [];
  const enter = (place: number) => {
    open[place] = 1;
    stack.push(place);
    after.push(ways(context, place));
  };
  enter(start);
  while (stack.length > 0) {
    const place = stack.at(-1)!;
    const next = after.at(-1)!;
    const to = next[at[place]!++];
    if (to === undefined) {
      let most = 0;
      for (const each of next) if (best[each]! > most) most = best[each]!;
      best[place] = most + own[place]! + playedMs(context, all[place]!, parts);
      stack.pop();
      after.pop();
    } else if (open[to] === 0) enter(to);
  }
  return best[start]!;
}

/** What a node takes by itself. */
function ownMs({ sayMs }: CheckContext, node: PlacedNode): number {
  if (!isSound(node) || node.node.enabled === false) return 0;
  // The functions of a node sort take the config of their own node type.
  return sortOf(node.node.type).worst?.(node.config as never, sayMs) ?? 0;
}

/** The longest of the parts a node plays. */
function playedMs(context: CheckContext, { node, facts }: PlacedNode, parts: Map<string, number>): number {
  if (facts.graphs.length === 0 || node.enabled === false) return 0;
  return Math.max(0, ...facts.graphs.map(({ part }) => (part === undefined ? 0 : partMs(context, part, parts))));
}

function partMs(context: CheckContext, part: string, parts: Map<string, number>): number {
  const known = parts.get(part);
  if (known !== undefined) return known;
  // Another rule reports a part that plays itself: here it takes no time the second time.
  parts.set(part, 0);
  const start = context.graph.startOf(part);
  const ms = start < 0 ? 0 : longestFrom(context, start, parts);
  parts.set(part, ms);
  return ms;
}

/** The next places of a call that no person has taken yet. */
function ways({ graph, all }: CheckContext, place: number): readonly number[] {
  const { node, facts } = all[place]!;
  if (sortOf(node.type).person !== true) return graph.local[place]!;
  return Object.keys(node.exits).flatMap((exit) => {
    const to = served.has(exit) || facts.hangupExits.includes(exit) ? -1 : graph.exit(place, exit);
    return to < 0 ? [] : [to];
  });
}
