import { reach } from "../call-graph.ts";
import type { CheckContext, FlowRule, PlacedNode } from "../rule.ts";

/** From here the flow, or the part, can never end by itself: the caller is trapped. */
export const noPathToEnd: FlowRule = {
  code: "no-path-to-end",
  severity: "error",
  check(context) {
    const { all, reachable } = context;
    const good = canEnd(context);
    const hungUp = afterHangup(context);
    const partsWithEnd = new Set(all.flatMap(({ graph: own }, place) => (own.part !== null && good[place] === 1 ? [own.part] : [])));
    return all.flatMap(({ id, node, graph: own }, place) => {
      if (reachable[place] !== 1 || good[place] === 1) return [];
      // A part that has no end at all is told once, by its own rule; after a hang-up nobody is trapped.
      if ((own.part !== null && !partsWithEnd.has(own.part)) || node.type === "on-hangup" || hungUp[place] === 1) return [];
      return [{ node: id, message: { ru: "отсюда нет пути к концу сценария", en: "there is no path from here to the end of the flow" } }];
    });
  },
};

/** Places from which the end of their own graph, or of the call, can be reached. */
export function canEnd({ all, graph }: CheckContext): Uint8Array {
  const ending = partsThatHangUp(all);
  const good = new Uint8Array(graph.size);
  const queue: number[] = [];
  const mark = (place: number) => {
    if (good[place] === 1) return;
    good[place] = 1;
    queue.push(place);
  };
  all.forEach(({ facts, node }, place) => {
    if (facts.definition?.final || node.type === "finish" || facts.graphs.some(({ part }) => part !== undefined && ending.has(part))) mark(place);
  });
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const own = all[graph.nodeAt(place)]!.graph;
    for (const from of graph.before[place]!) if (all[graph.nodeAt(from)]!.graph === own) mark(from);
    mark(graph.nodeAt(place));
  }
  return good;
}

/** Parts in which a node hangs up, themselves or in a part they play. */
function partsThatHangUp(all: readonly PlacedNode[]): Set<string> {
  const ending = new Set<string>();
  for (let size = -1; size < ending.size;) {
    size = ending.size;
    for (const { graph, facts, node } of all) {
      if (graph.part === null) continue;
      const ends = facts.definition?.final && node.type !== "finish";
      if (ends || facts.graphs.some(({ part }) => part !== undefined && ending.has(part))) ending.add(graph.part);
    }
  }
  return ending;
}

/** Places that only a call without its caller comes to. */
function afterHangup({ all, graph }: CheckContext): Uint8Array {
  const alive = reach(graph.next, [graph.start]);
  const roots = all.flatMap(({ node }, place) => (node.type === "on-hangup" ? [place] : []));
  const gone = reach(graph.next, roots);
  return gone.map((mark, place) => (mark === 1 && alive[place] !== 1 && graph.next[place]!.length === 0 ? 1 : 0));
}
