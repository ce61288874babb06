import { heardPrompts } from "../node-sorts.ts";
import type { NodeRule } from "../rule.ts";

const mostMs = 20_000;

/** More than twenty seconds of speech in one go: nobody listens to the end. */
export const longPrompt: NodeRule = {
  code: "long-prompt",
  severity: "warning",
  types: ["say", "menu", "collect-digits", "collect-speech", "collect-form", "record", "dial-by-name"],
  texts: true,
  each(node, { flow, prompt }) {
    if (flow.kind !== "ivr") return [];
    const long = heardPrompts(node).filter((key) => (prompt(key)?.ms ?? 0) > mostMs);
    if (long.length === 0) return [];
    return [...new Set(long)].flatMap((key) => {
      const said = prompt(key)!;
      if (said.texts.every(({ audio }) => audio)) return [];
      const seconds = Math.round(said.ms / 1000);
      return [
        {
          node: node.id,
          path: `prompts.${key}`,
          message: {
            ru: `«${key}» звучит ${seconds} с: сократите до 20 или разбейте вопросом`,
            en: `prompt "${key}" takes ${seconds} s: shorten it to 20 s or split it with a question`,
          },
        },
      ];
    });
  },
};
