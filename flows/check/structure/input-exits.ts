import { wireToEnd } from "../fixes/good-end.ts";
import type { FlowRule } from "../rule.ts";

/** No input and invalid input must lead somewhere: otherwise the call ends with an apology. */
export const inputExits: FlowRule = {
  code: "input-exits",
  severity: "error",
  needs: ["shape", "wires", "looks", "head"],
  check: (context) =>
    context.nodes.flatMap((each) => {
      const { id, node, exits } = each;
      if (!exits.includes("noInput") && !exits.includes("invalid")) return [];
      const open = ["noInput", "invalid"].filter((exit) => exits.includes(exit) && !(exit in node.exits));
      if (open.length === 0 || Object.hasOwn(each.graph.nodes, node.exits["error"] ?? "")) return [];
      return [
        {
          node: id,
          path: `exits.${open[0]}`,
          message: {
            ru: `не соединены выходы ${open.join(", ")}: скажите, что делать с молчанием и ошибкой`,
            en: `these exits are not connected: ${open.join(", ")}. Decide what happens on no input and invalid input`,
          },
          fixes: wireToEnd(context, each, open),
        },
      ];
    }),
};
