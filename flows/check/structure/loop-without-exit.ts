import type { CallGraph } from "../call-graph.ts";
import type { FlowRule } from "../rule.ts";

/** A loop whose `again` never comes back to it: it counts to one. */
export const loopWithoutExit: FlowRule = {
  code: "loop-without-exit",
  severity: "warning",
  check(context) {
    const loops = context.ofType("loop");
    if (loops.length === 0) return [];
    const circle = circles(context);
    return loops.flatMap(({ id, node }) => {
      const place = context.all.indexOf(context.byId.get(id)!);
      const again = context.graph.exit(place, "again");
      if (again < 0 || node.enabled === false || circle[again] === circle[place]) return [];
      return [
        {
          node: id,
          path: "exits.again",
          message: {
            ru: "«again» не возвращается к этому узлу: повторения не будет. Приведите конец круга обратно сюда",
            en: "`again` never comes back here: nothing is repeated. Lead the end of the circle back to this node",
          },
        },
      ];
    });
  },
};

/** Number of the circle (strongly connected component) of each place; Tarjan without recursion. */
export function circles({ graph }: { graph: Pick<CallGraph, "size" | "next"> }): Int32Array {
  const { size, next } = graph;
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const circle = new Int32Array(size).fill(-1);
  const open: number[] = [];
  let count = 0;
  let found = 0;
  const stack: { place: number; at: number }[] = [];
  const enter = (place: number) => {
    index[place] = low[place] = count++;
    open.push(place);
    stack.push({ place, at: 0 });
  };
  const close = (place: number) => {
    if (low[place] !== index[place]) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      circle[member] = found;
      if (member === place) break;
    }
    found++;
  };
  for (let root = 0; root < size; root++) {
    if (index[root]! >= 0) continue;
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = next[top.place]![top.at++];
      if (to === undefined) {
        stack.pop();
        const parent = stack.at(-1);
        if (parent) low[parent.place] = Math.min(low[parent.place]!, low[top.place]!);
        close(top.place);
      } else if (index[to]! < 0) enter(to);
      else if (circle[to]! < 0) low[top.place] = Math.min(low[top.place]!, index[to]!);
    }
  }
  return circle;
}
