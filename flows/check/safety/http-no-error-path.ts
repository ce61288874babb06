import { wire } from "../fixes/places.ts";
import type { CheckedNode, FlowRule } from "../rule.ts";

/** A request whose failure is not handled: the caller hears an apology because a server is down. */
export const httpNoErrorPath: FlowRule = {
  code: "http-no-error-path",
  severity: "warning",
  needs: ["shape", "wires", "forms"],
  check(context) {
    const requests = [...context.ofType("http"), ...context.ofType("crm"), ...context.ofType("table")];
    if (requests.length === 0 || context.ofType("on-error").some(({ node, graph }) => graph.part === null && node.enabled !== false)) return [];
    return requests.flatMap((node) => {
      if ("error" in node.node.exits || node.graph.part !== null || node.node.enabled === false) return [];
      return [
        {
          node: node.id,
          path: "exits.error",
          message: {
            ru: "если сервис недоступен, звонок кончится извинением: соедините «error» или добавьте «Если ошибка»",
            en: "if the service is down, the call ends with an apology: connect `error` or add an On error node",
          },
          fixes: likeServerError(node),
        },
      ];
    });
  },
};

/** `error` goes where the author already sends a server's failure. */
function likeServerError(node: CheckedNode) {
  const to = node.node.exits["serverError"] ?? node.node.exits["timeout"];
  if (to === undefined || !Object.hasOwn(node.graph.nodes, to)) return [];
  return [{ title: { ru: `Соединить error с «${to}»`, en: `Connect error to "${to}"` }, edits: [wire(node, "error", to)] }];
}
