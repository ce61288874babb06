import { goodEnd, wireToEnd } from "../fixes/good-end.ts";
import { wire } from "../fixes/places.ts";
import type { CheckContext, CheckedNode, FlowRule } from "../rule.ts";

/** Waiting that has a limit and no way out for when it is over: the caller has waited for an apology. */
export const noTimeoutExit: FlowRule = {
  code: "no-timeout-exit",
  severity: "warning",
  needs: ["shape", "wires", "looks", "head"],
  check: (context) =>
    context.nodes.flatMap((node) => {
      const open = node.exits.includes("timeout") && !("timeout" in node.node.exits) && !("error" in node.node.exits);
      if (!open || node.node.type === "http") return [];
      return [
        {
          node: node.id,
          path: "exits.timeout",
          message: {
            ru: "не соединён выход timeout: скажите, что будет, когда ждать больше нельзя",
            en: "the exit timeout is not connected: say what happens when the wait is over",
          },
          fixes: likeClosed(context, node),
        },
      ];
    }),
};

/** Where the author sends those who cannot wait at all, else a good end. */
function likeClosed(context: CheckContext, node: CheckedNode) {
  const to = node.node.exits["closed"] ?? node.node.exits["full"];
  if (to === undefined || !Object.hasOwn(node.graph.nodes, to) || goodEnd(context, node.graph, node) === null) return wireToEnd(context, node, ["timeout"]);
  return [{ title: { ru: `Соединить timeout с «${to}»`, en: `Connect timeout to "${to}"` }, edits: [wire(node, "timeout", to)] }];
}
