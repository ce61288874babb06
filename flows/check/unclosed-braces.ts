import { splitTemplate } from "../expressions/template.ts";
import type { Rule } from "./rule.ts";

export const unclosedBraces: Rule = {
  code: "unclosed-braces",
  severity: "error",
  check: ({ flow }) =>
    Object.entries(flow.prompts).flatMap(([key, prompt]) =>
      Object.entries(prompt).flatMap(([language, entry]) => {
        const { unclosed } = splitTemplate(typeof entry === "string" ? entry : (entry?.text ?? ""));
        if (unclosed === null) return [];
        return [
          {
            node: null,
            path: `prompts.${key}.${language}`,
            position: unclosed,
            message: { ru: `в тексте «${key}» не закрыты {{`, en: `prompt "${key}" has {{ without }}` },
          },
        ];
      }),
    ),
};
