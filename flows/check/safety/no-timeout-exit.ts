import { wireToEnd } from "../fixes/good-end.ts";
import type { FlowRule } from "../rule.ts";

/** A limited wait without a timeout exit: the caller waits and then hears an apology. */
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
            en: "the exit timeout is not connected: decide what happens when the wait ends",
          },
          fixes: wireToEnd(context, node, ["timeout"]),
        },
      ];
    }),
};
