import type { FlowRule } from "../rule.ts";

export const unclosedBraces: FlowRule = {
  code: "unclosed-braces",
  severity: "error",
  needs: ["texts"],
  check: (context) =>
    [...context.prompts].flatMap(([key, { texts, closed }]) =>
      closed
        ? []
        : texts.flatMap(({ language, unclosed }) =>
            unclosed === null
              ? []
              : [
                  {
                    node: null,
                    path: `prompts.${key}.${language}`,
                    position: unclosed,
                    message: { ru: `в тексте «${key}» не закрыты {{`, en: `prompt "${key}" has {{ without }}` },
                  },
                ],
          ),
    ),
};
