import type { CheckContext, Rule } from "./rule.ts";

type Use = { node: string; key: string };

function uses({ nodes }: CheckContext): Use[] {
  return nodes.flatMap(({ id, definition, config }) =>
    (definition.prompts?.(config) ?? []).filter((key) => key !== undefined).map((key) => ({ node: id, key })),
  );
}

/** A prompt that is asked for but does not exist, or has nothing in one of the flow's languages. */
export const missingPrompt: Rule = {
  code: "missing-prompt",
  severity: "error",
  check(context) {
    const { flow } = context;
    return uses(context).flatMap(({ node, key }) => {
      const prompt = flow.prompts[key];
      if (!prompt) return [{ node, path: `prompts.${key}`, message: { ru: `нет текста «${key}»: напишите его`, en: `there is no prompt "${key}": write it` } }];
      return flow.languages
        .filter((language) => empty(prompt[language]))
        .map((language) => ({
          node,
          path: `prompts.${key}.${language}`,
          message: { ru: `у текста «${key}» нет языка ${language}`, en: `prompt "${key}" has nothing in ${language}` },
        }));
    });
  },
};

const empty = (entry: string | { text?: string | undefined; audio?: string | undefined } | undefined): boolean =>
  entry === undefined || (typeof entry === "string" ? entry.trim() === "" : !entry.text?.trim() && !entry.audio);

export const unusedPrompt: Rule = {
  code: "unused-prompt",
  severity: "info",
  check(context) {
    const used = new Set(uses(context).map((use) => use.key));
    return Object.keys(context.flow.prompts)
      .filter((key) => !used.has(key))
      .map((key) => ({
        node: null,
        path: `prompts.${key}`,
        message: { ru: `текст «${key}» нигде не звучит`, en: `prompt "${key}" is never used` },
      }));
  },
};

/** With no engine for a language, texts without a recording stay silent (issue: which prompts have no voice). */
export const noVoice: Rule = {
  code: "no-voice",
  severity: "warning",
  check(context) {
    const { voices } = context.environment;
    if (!voices || context.flow.kind !== "ivr") return [];
    const spoken = [...new Map(uses(context).map((use) => [use.key, use])).values()];
    return spoken.flatMap(({ node, key }) =>
      context.flow.languages
        .filter((language) => !voices.includes(language))
        .flatMap((language) => {
          const entry = context.flow.prompts[key]?.[language];
          if (entry === undefined || (typeof entry === "object" && entry.audio)) return [];
          return [
            {
              node,
              path: `prompts.${key}.${language}`,
              message: {
                ru: `«${key}» (${language}) некому произнести: загрузите запись или установите голос`,
                en: `"${key}" (${language}) has no voice: upload a recording or install a voice`,
              },
            },
          ];
        }),
    );
  },
};
