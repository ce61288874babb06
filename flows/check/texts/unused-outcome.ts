import type { FlowRule } from "../rule.ts";
import { isFlowOutcome } from "./flow-outcome.ts";

/** A listed outcome that no node ends with. */
export const unusedOutcome: FlowRule = {
  code: "unused-outcome",
  severity: "info",
  needs: ["forms", "head"],
  check({ flow, nodes }) {
    if (flow.outcomes.length === 0) return [];
    const used = new Set(nodes.flatMap((each) => (isFlowOutcome(each) ? each.facts.outcomes : [])));
    return [...new Set(flow.outcomes)]
      .filter((outcome) => !used.has(outcome))
      .map((outcome) => ({
        node: null,
        path: "outcomes",
        message: { ru: `итог «${outcome}» объявлен, но недостижим`, en: `outcome "${outcome}" is declared but cannot be reached` },
        fixes: [
          {
            title: { ru: `Убрать итог «${outcome}»`, en: `Remove outcome "${outcome}"` },
            edits: [{ set: ["outcomes"], to: flow.outcomes.filter((each) => each !== outcome) }],
          },
        ],
      }));
  },
};
