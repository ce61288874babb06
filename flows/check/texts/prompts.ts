import type { Flow, FlowLanguage } from "../../schema/flow.ts";
import type { Fix } from "../../schema/issue.ts";
import type { CheckContext, Finding, FlowRule, NodeRule } from "../rule.ts";

/** A prompt that is asked for but does not exist, or has nothing in one of the flow's languages. */
export const missingPrompt: NodeRule = {
  code: "missing-prompt",
  severity: "error",
  texts: true,
  each: ({ id, facts }, { flow }) =>
    facts.prompts.flatMap((key): Finding[] => {
      const prompt = Object.hasOwn(flow.prompts, key) ? flow.prompts[key] : undefined;
      if (!prompt)
        return [{ node: id, path: `prompts.${key}`, message: { ru: `нет текста «${key}»: напишите его`, en: `there is no prompt "${key}": write it` } }];
      return flow.languages
        .filter((language) => empty(prompt[language]))
        .map((language) => ({
          node: id,
          path: `prompts.${key}.${language}`,
          message: { ru: `у текста «${key}» нет языка ${language}: переведите его`, en: `prompt "${key}" has nothing in ${language}: translate it` },
          fixes: copyText(key, prompt, language),
        }));
    }),
};

/** The other language's text, to be translated: better heard in the wrong language than silence. */
function copyText(key: string, prompt: Flow["prompts"][string], language: FlowLanguage): Fix[] {
  const other = language === "ru" ? "en" : "ru";
  const entry = prompt[other];
  const text = typeof entry === "string" ? entry : entry?.text;
  if (!text?.trim()) return [];
  const title = { ru: `Взять текст (${other}) и потом перевести`, en: `Take the ${other} text and translate it later` };
  return [{ title, edits: [{ set: ["prompts", key, language], to: text }] }];
}

const empty = (entry: string | { text?: string | undefined; audio?: string | undefined } | undefined): boolean =>
  entry === undefined || (typeof entry === "string" ? entry.trim() === "" : !entry.text?.trim() && !entry.audio);

export const unusedPrompt: FlowRule = {
  code: "unused-prompt",
  severity: "info",
  needs: ["plays", "texts"],
  check({ flow, all }) {
    // A form that is not sound yet may well play it: nothing is said as long as there is one.
    if (all.some(({ facts }) => facts.config === undefined)) return [];
    const used = new Set<string>();
    for (const { facts } of all) for (const key of facts.prompts) used.add(key);
    return Object.keys(flow.prompts)
      .filter((key) => !used.has(key))
      .map((key) => ({
        node: null,
        path: `prompts.${key}`,
        message: { ru: `текст «${key}» нигде не звучит`, en: `prompt "${key}" is never used` },
        fixes: [{ title: { ru: "Удалить текст", en: "Delete the prompt" }, edits: [{ remove: ["prompts", key] }] }],
      }));
  },
};

/** With no engine for a language, texts without a recording stay silent. */
export const noVoice: FlowRule = {
  code: "no-voice",
  severity: "warning",
  needs: ["plays", "texts", "head"],
  check(context) {
    const { voices } = context.environment;
    if (!voices || context.flow.kind !== "ivr") return [];
    const mute = context.flow.languages.filter((language) => !voices.includes(language));
    if (mute.length === 0) return [];
    const players = new Map(context.nodes.flatMap(({ id, facts }) => facts.prompts.map((key) => [key, id] as const)));
    return [...players].flatMap(([key, node]) => mute.flatMap((language) => silent(context, key, node, language)));
  },
};

function silent({ flow }: CheckContext, key: string, node: string, language: FlowLanguage): Finding[] {
  const entry = Object.hasOwn(flow.prompts, key) ? flow.prompts[key]![language] : undefined;
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
}
