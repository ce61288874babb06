import { limits } from "../../schema/limits.ts";
import { reach } from "../call-graph.ts";
import { isInstant } from "../instant.ts";
import type { CheckContext, CheckedNode, Finding, FlowRule } from "../rule.ts";

/**
 * Loops that never wait and together pass more nodes than a call may (limits.ts): there the call leaves by
 * `error`. Loops inside a loop multiply.
 */
export const loopTooLong: FlowRule = {
  code: "loop-too-long",
  severity: "error",
  needs: ["shape", "wires", "looks", "head"],
  check(context) {
    const loops = context.ofType("loop").filter(({ node }) => node.enabled !== false);
    if (loops.length === 0) return [];
    const bodies = new Map(loops.map((each) => [context.placeOf(each), bodyOf(context, each)]));
    return loops.flatMap((each) => finding(context, each, bodies));
  },
};

type Bodies = ReadonlyMap<number, ReadonlySet<number>>;
type Loop = { times: number; over?: string; while?: string };

function finding(context: CheckContext, each: CheckedNode, bodies: Bodies): Finding[] {
  const place = context.placeOf(each);
  const own = turnNodes(place, bodies);
  const total = nodesOf(context, place, bodies, new Set());
  const config = each.config as Loop;
  if (own <= limits.nodesPerStep && total <= limits.nodesPerCall) return [];
  // A condition or a list may end it earlier.
  const sure = !config.over && !config.while;
  const [most, passed] = own > limits.nodesPerStep ? [limits.nodesPerStep, own] : [limits.nodesPerCall, total];
  const where = own > limits.nodesPerStep ? { ru: "за один круг", en: "in one iteration" } : { ru: "за все круги", en: "in all iterations" };
  return [
    {
      node: each.id,
      path: "config.times",
      ...(sure ? {} : { severity: "warning" as const }),
      message: {
        ru: `${where.ru} без ожидания звонок пройдёт до ${passed} узлов, а можно ${most}: уменьшите число повторений или вставьте в круг паузу`,
        en: `the call passes up to ${passed} nodes ${where.en} without waiting; the limit is ${most}: repeat fewer times or add a wait to the loop`,
      },
    },
  ];
}

/** Places between `again` and the loop on paths that never wait. */
function bodyOf(context: CheckContext, each: CheckedNode): ReadonlySet<number> {
  const { graph, all } = context;
  const place = context.placeOf(each);
  const again = graph.exit(place, "again");
  const silent = (at: number) => at !== place && isInstant(all[at]!, "loops");
  if (again < 0 || !silent(again)) return new Set();
  const forward = reach(graph.local, [again], silent);
  const inside = all.flatMap((_node, at) => (forward[at] === 1 && silent(at) ? [at] : []));
  const comesBack = new Set<number>();
  for (let grown = true; grown;) {
    grown = false;
    for (const at of inside) {
      if (comesBack.has(at) || !graph.local[at]!.some((to) => to === place || comesBack.has(to))) continue;
      comesBack.add(at);
      grown = true;
    }
  }
  return comesBack;
}

/** Nodes of one iteration outside nested loops, including the loop node. */
function turnNodes(place: number, bodies: Bodies): number {
  const body = bodies.get(place)!;
  const inner = [...body].filter((at) => bodies.has(at));
  return 1 + [...body].filter((at) => !inner.some((loop) => bodies.get(loop)!.has(at))).length;
}

/** Nodes passed in all iterations of a loop. */
function nodesOf(context: CheckContext, place: number, bodies: Bodies, within: ReadonlySet<number>): number {
  const body = bodies.get(place)!;
  if (body.size === 0 || within.has(place)) return 1;
  const around = new Set([...within, place]);
  const inner = [...body].filter((at) => bodies.has(at));
  const perTurn = turnNodes(place, bodies) + inner.reduce((sum, loop) => sum + nodesOf(context, loop, bodies, around), 0);
  return Math.min(1e12, timesOf(context, place) * perTurn);
}

function timesOf({ all }: CheckContext, place: number): number {
  const { times, over } = all[place]!.facts.config as Loop;
  return over ? limits.loopTurns : times;
}
