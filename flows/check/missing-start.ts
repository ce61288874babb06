import type { Rule } from "./rule.ts";

export const missingStart: Rule = {
  code: "missing-start",
  severity: "error",
  check: ({ flow }) =>
    flow.start in flow.nodes
      ? []
      : [{ node: null, path: "start", message: { ru: "у сценария нет начала: укажите первый узел", en: "the flow has no start: choose its first node" } }],
};
