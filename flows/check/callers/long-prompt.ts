import { heardPrompts } from "../node-sorts.ts";
import type { NodeRule } from "../rule.ts";

const mostMs = 20_000;

/** More than twenty seconds of speech in one go: nobody listens to the end. */
export const longPrompt: NodeRule = {
  code: "long-prompt",
  severity: "warning",
  types: ["say", "menu", "collect-digits", "collect-speech", "collect-form", "record", "dial-by-name"],
  texts: true,
  each: (node, { flow, prompt }) =>
    flow.kind !== "ivr"
      ? []
      : [...new Set(heardPrompts(node))].flatMap((key) => {
          const said = prompt(key);
          if (!said || said.ms <= mostMs || said.texts.every(({ audio }) => audio)) return [];
          const seconds = Math.round(said.ms / 1000);
          return [
            {
              node: node.id,
              path: `prompts.${key}`,
              message: {
                ru: `«${key}» звучит ${seconds} с: сократите до 20 или разбейте вопросом`,
                en: `"${key}" takes ${seconds} s to say: cut it to 20 or break it with a question`,
              },
            },
          ];
        }),
};
