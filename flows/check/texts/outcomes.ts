import type { CheckedNode, FlowRule } from "../rule.ts";

/** An outcome of the flow; `finish` in a part names an outcome of the part only. */
const ofFlow = ({ node, graph }: CheckedNode): boolean => graph.part === null || node.type !== "finish";

export const outcomeNotDeclared: FlowRule = {
  code: "outcome-not-declared",
  severity: "error",
  needs: ["forms", "head"],
  check({ flow, nodes }) {
    const declared = new Set(flow.outcomes);
    return nodes.flatMap((each) => {
      if (each.facts.outcomes.length === 0 || !ofFlow(each)) return [];
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
                    title: { ru: `Объявить итог «${outcome}»`, en: `Declare the outcome "${outcome}"` },
                    edits: [{ set: ["outcomes"], to: [...flow.outcomes, outcome] }],
                  },
                ]
              : [],
        }));
    });
  },
};

export const unusedOutcome: FlowRule = {
  code: "unused-outcome",
  severity: "info",
  needs: ["forms", "head"],
  check({ flow, nodes }) {
    if (flow.outcomes.length === 0) return [];
    const used = new Set(nodes.flatMap((each) => (ofFlow(each) ? each.facts.outcomes : [])));
    return [...new Set(flow.outcomes)]
      .filter((outcome) => !used.has(outcome))
      .map((outcome) => ({
        node: null,
        path: "outcomes",
        message: { ru: `итог «${outcome}» объявлен, но недостижим`, en: `outcome "${outcome}" is declared but never reached` },
        fixes: [
          {
            title: { ru: `Убрать итог «${outcome}»`, en: `Remove the outcome "${outcome}"` },
            edits: [{ set: ["outcomes"], to: flow.outcomes.filter((each) => each !== outcome) }],
          },
        ],
      }));
  },
};
