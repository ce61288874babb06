import { splitTemplate } from "../expressions/template.ts";
import { flowLanguages, type Flow, type FlowLanguage } from "../schema/flow.ts";
import { limits } from "../schema/limits.ts";
import { expressionFacts, type Reference } from "./expression-references.ts";

export type Prompt = Flow["prompts"][string];
export type PromptText = { language: FlowLanguage; text: string; audio: boolean; unclosed: number | null };
/** What a prompt says in all its languages. `ms` is the longest of them spoken, 65 ms a character. */
export type PromptFacts = {
  texts: readonly PromptText[];
  ms: number;
  /** No text has `{{` without `}}`. */
  closed: boolean;
  pieces: readonly { language: FlowLanguage; source: string; offset: number }[];
  reads: readonly Reference[];
};

/** Assumed length of a value that is not known yet. */
const valueLength = 12;

export function promptFacts(prompt: Prompt): PromptFacts {
  const texts = flowLanguages.flatMap((language): PromptText[] => {
    const entry = prompt[language];
    if (entry === undefined) return [];
    const { text = "", audio } = typeof entry === "string" ? { text: entry } : entry;
    return [{ language, text, audio: Boolean(audio), unclosed: text.includes("{{") ? splitTemplate(text).unclosed : null }];
  });
  const pieces = texts.flatMap(({ language, text }) =>
    !text.includes("{{")
      ? []
      : splitTemplate(text).parts.flatMap((part) => ("expression" in part ? [{ language, source: part.expression, offset: part.position }] : [])),
  );
  return {
    texts,
    closed: texts.every(({ unclosed }) => unclosed === null),
    ms: Math.max(0, ...texts.map(({ text }) => spokenLength(text))) * limits.saidMsPerChar,
    pieces,
    reads: pieces.flatMap(({ source }) => expressionFacts(source).references),
  };
}

/** Characters of a text as spoken; a value counts as twelve. */
function spokenLength(text: string): number {
  if (!text.includes("{{")) return text.length;
  return splitTemplate(text).parts.reduce((sum, part) => sum + ("text" in part ? part.text.length : valueLength), 0);
}
