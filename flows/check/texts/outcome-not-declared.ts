import type { FlowRule } from "../rule.ts";
import { isFlowOutcome } from "./flow-outcome.ts";

/** A node ends the flow with an undeclared outcome. */
export const outcomeNotDeclared: FlowRule = {
  code: "outcome-not-declared",
  severity: "error",
  needs: ["forms", "head"],
  check({ flow, nodes }) {
    const declared = new Set(flow.outcomes);
    return nodes.flatMap((each) => {
      if (each.facts.outcomes.length === 0 || !isFlowOutcome(each)) return [];
      return [...new Set(each.facts.outcomes)]
        .filter((outcome) => !declared.has(outcome))
        .map((outcome) => ({
          node: each.id,
          path: "outcomes",
          message: {
            ru: `итог «${outcome}» не объявлен: добавьте его в итоги сценария`,
            en: `outcome "${outcome}" is not declared: add it to the flow's outcomes`,
          },
          fixes:
            flow.outcomes.length < 100
              ? [
                  {
                    title: { ru: `Объявить итог «${outcome}»`, en: `Declare outcome "${outcome}"` },
                    edits: [{ set: ["outcomes"], to: [...flow.outcomes, outcome] }],
                  },
                ]
              : [],
        }));
    });
  },
};
