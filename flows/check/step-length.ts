import type { Rule } from "./rule.ts";

/** One step, one screen: at most 350 characters of speech (desk.md, rule 2). */
export const stepLength: Rule = {
  code: "step-length",
  severity: "warning",
  check: ({ flow, nodes }) =>
    nodes
      .filter(({ node }) => node.type === "step")
      .flatMap(({ id, config }) => {
        const prompt = flow.prompts[(config as { say: string }).say] ?? {};
        const longest = Math.max(0, ...Object.values(prompt).map((entry) => (typeof entry === "string" ? entry : (entry?.text ?? "")).length));
        return longest <= 350
          ? []
          : [
              {
                node: id,
                message: {
                  ru: `${longest} знаков речи на одном шаге; на экран помещается 350`,
                  en: `${longest} characters of speech in one step; a screen holds 350`,
                },
              },
            ];
      }),
};
