import type { Flow, FlowLanguage } from "../../schema/flow.ts";
import type { Fix } from "../../schema/issue.ts";
import type { Finding, NodeRule } from "../rule.ts";

/** A prompt that is used but does not exist or is empty in one of the flow languages. */
export const missingPrompt: NodeRule = {
  code: "missing-prompt",
  severity: "error",
  texts: true,
  each: ({ id, facts }, { flow }) =>
    facts.prompts.flatMap((key): Finding[] => {
      const prompt = Object.hasOwn(flow.prompts, key) ? flow.prompts[key] : undefined;
      if (!prompt)
        return [{ node: id, path: `prompts.${key}`, message: { ru: `нет текста «${key}»: напишите его`, en: `prompt "${key}" does not exist: write it` } }];
      return flow.languages
        .filter((language) => empty(prompt[language]))
        .map((language) => ({
          node: id,
          path: `prompts.${key}.${language}`,
          message: { ru: `у текста «${key}» нет языка ${language}: переведите его`, en: `prompt "${key}" has no text in ${language}: translate it` },
          fixes: copyText(key, prompt, language),
        }));
    }),
};

/** Copies the other language's text for translation: the wrong language is better than silence. */
function copyText(key: string, prompt: Flow["prompts"][string], language: FlowLanguage): Fix[] {
  const other = language === "ru" ? "en" : "ru";
  const entry = prompt[other];
  const text = typeof entry === "string" ? entry : entry?.text;
  if (!text?.trim()) return [];
  const title = { ru: `Взять текст (${other}) и потом перевести`, en: `Copy the ${other} text and translate it later` };
  return [{ title, edits: [{ set: ["prompts", key, language], to: text }] }];
}

const empty = (entry: string | { text?: string | undefined; audio?: string | undefined } | undefined): boolean =>
  entry === undefined || (typeof entry === "string" ? entry.trim() === "" : !entry.text?.trim() && !entry.audio);
