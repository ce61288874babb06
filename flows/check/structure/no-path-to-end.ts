import { reach } from "../call-graph.ts";
import { gatherParts } from "../part-places.ts";
import type { CheckContext, FlowRule, PlacedNode } from "../rule.ts";

/** From here the flow or the part can never end: the caller is trapped. */
export const noPathToEnd: FlowRule = {
  code: "no-path-to-end",
  severity: "error",
  needs: ["shape", "wires", "head"],
  check(context) {
    const { all, graph, reachable } = context;
    const good = canEnd(context);
    if (!all.some((_node, place) => reachable[place] === 1 && good[place] !== 1)) return [];
    const hungUp = afterHangup(context);
    const partsWithEnd = new Set(context.graphs.flatMap(({ part }) => (part !== null && good[graph.startOf(part)] === 1 ? [part] : [])));
    return all.flatMap(({ id, node, graph: own }, place) => {
      if (reachable[place] !== 1 || good[place] === 1) return [];
      // Another rule reports a part without an end; after a hang-up nobody is trapped.
      if ((own.part !== null && !partsWithEnd.has(own.part)) || node.type === "on-hangup" || hungUp[place] === 1) return [];
      return [{ node: id, message: { ru: "отсюда нет пути к концу сценария", en: "no path leads from here to the end of the flow" } }];
    });
  },
};

const known = new WeakMap<CheckContext, Uint8Array>();

/** Places from which the end of their graph, or of the call, can be reached. */
export function canEnd(context: CheckContext): Uint8Array {
  let good = known.get(context);
  if (!good) known.set(context, (good = endsBackwards(context)));
  return good;
}

/** Whether everything a call can get to from these places can end. */
export function allCanEnd(context: CheckContext, places: readonly number[]): boolean {
  const good = canEnd(context);
  return reach(context.graph.forward, places).every((mark, place) => mark === 0 || good[place] === 1);
}

function endsBackwards(context: CheckContext): Uint8Array {
  const { all, graph } = context;
  const good = new Uint8Array(graph.size);
  const queue: number[] = [];
  const mark = (place: number) => {
    if (good[place] === 1) return;
    good[place] = 1;
    queue.push(place);
  };
  ends(context).forEach(mark);
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const node = graph.nodeAt(place);
    const own = all[node]!.graph;
    for (const from of graph.before[place]!) if (all[graph.nodeAt(from)]!.graph === own) mark(from);
    if (node !== place) mark(node);
  }
  return good;
}

/** Places where their own graph, or the call, ends. */
function ends(context: CheckContext): number[] {
  const { all } = context;
  const final = context.kept("ends", ["shape"], () =>
    all.flatMap(({ facts, node }, place) => (facts.definition?.final || node.type === "finish" ? [place] : [])),
  );
  if (context.graphs.length === 1) return final;
  const ending = gatherParts(context, (place) => (all[place]!.facts.definition?.final && all[place]!.node.type !== "finish" ? [true] : []));
  const endsInside = ({ facts }: PlacedNode) => facts.graphs.some(({ part }) => part !== undefined && (ending.get(part)?.size ?? 0) > 0);
  return [...final, ...all.flatMap((node, place) => (endsInside(node) ? [place] : []))];
}

/** Places that a call reaches only after its caller has hung up. */
function afterHangup({ all, graph }: CheckContext): Uint8Array {
  const alive = reach(graph.forward, [graph.start]);
  const roots = all.flatMap(({ node }, place) => (node.type === "on-hangup" ? [place] : []));
  const gone = reach(graph.forward, roots);
  return gone.map((mark, place) => (mark === 1 && alive[place] !== 1 && graph.local[place]!.length === 0 ? 1 : 0));
}
