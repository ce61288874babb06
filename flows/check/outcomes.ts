import type { Rule } from "./rule.ts";

export const outcomeNotDeclared: Rule = {
  code: "outcome-not-declared",
  severity: "error",
  check: ({ flow, nodes }) =>
    nodes.flatMap(({ id, definition, config }) =>
      (definition.outcomes?.(config) ?? [])
        .filter((outcome) => !flow.outcomes.includes(outcome))
        .map((outcome) => ({
          node: id,
          message: {
            ru: `итог «${outcome}» не объявлен: добавьте его в итоги сценария`,
            en: `outcome "${outcome}" is not declared: add it to the flow's outcomes`,
          },
        })),
    ),
};

export const unusedOutcome: Rule = {
  code: "unused-outcome",
  severity: "info",
  check({ flow, nodes }) {
    const used = new Set(nodes.flatMap(({ definition, config }) => definition.outcomes?.(config) ?? []));
    return flow.outcomes
      .filter((outcome) => !used.has(outcome))
      .map((outcome) => ({
        node: null,
        path: "outcomes",
        message: { ru: `итог «${outcome}» объявлен, но недостижим`, en: `outcome "${outcome}" is declared but never reached` },
      }));
  },
};
