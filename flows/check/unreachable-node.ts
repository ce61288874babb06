import type { Rule } from "./rule.ts";

export const unreachableNode: Rule = {
  code: "unreachable-node",
  severity: "warning",
  check: ({ flow, reachable }) =>
    Object.keys(flow.nodes)
      .filter((id) => !reachable.has(id))
      .map((id) => ({
        node: id,
        message: { ru: "сюда не ведёт ни один путь: соедините или удалите", en: "no path leads here: connect it or delete it" },
      })),
};
