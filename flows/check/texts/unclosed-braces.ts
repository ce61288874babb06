import type { FlowRule } from "../rule.ts";

export const unclosedBraces: FlowRule = {
  code: "unclosed-braces",
  severity: "error",
  check: (context) =>
    Object.keys(context.flow.prompts).flatMap((key) =>
      (context.prompt(key)?.texts ?? []).flatMap(({ language, unclosed }) =>
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
