import { circles } from "../circles.ts";
import type { FlowRule } from "../rule.ts";

/** A loop whose `again` exit never returns to it: it counts to one. */
export const loopWithoutExit: FlowRule = {
  code: "loop-without-exit",
  severity: "warning",
  needs: ["shape", "wires", "head"],
  check(context) {
    const loops = context.ofType("loop");
    if (loops.length === 0) return [];
    const circle = circles(context.graph.next);
    return loops.flatMap((each) => {
      const { id, node } = each;
      const place = context.placeOf(each);
      const again = context.graph.exit(place, "again");
      if (again < 0 || node.enabled === false || circle[again] === circle[place]) return [];
      return [
        {
          node: id,
          path: "exits.again",
          message: {
            ru: "«again» не возвращается к этому узлу: повторения не будет. Приведите конец круга обратно сюда",
            en: "the exit `again` never returns here, so nothing is repeated: connect the end of the loop to this node",
          },
        },
      ];
    });
  },
};
