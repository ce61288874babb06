import type { NodeRule } from "../rule.ts";

const screen = 350;

/** One step, one screen: at most 350 characters of speech (desk.md, rule 2). */
export const stepLength: NodeRule = {
  code: "step-length",
  severity: "warning",
  types: ["step"],
  texts: true,
  each({ id, config }, { prompt }) {
    const longest = Math.max(0, ...(prompt((config as { say: string }).say)?.texts ?? []).map(({ text }) => text.length));
    if (longest <= screen) return [];
    return [
      {
        node: id,
        message: {
          ru: `${longest} знаков речи на одном шаге; на экран помещается ${screen}`,
          en: `${longest} characters of speech in one step; a screen holds ${screen}`,
        },
      },
    ];
  },
};
