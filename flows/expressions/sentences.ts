import { splitTemplate } from "./template.ts";

/** Texts shorter than this are spoken in one piece: a voice sounds better in whole sentences. */
const longFrom = 60;

/**
 * A long text with variables as its sentences, so that those without variables are made to audio once and for all
 * (speech.md §7); null when it is better spoken whole. Joined by one space they are the text again.
 */
export function sentencesOf(text: string): string[] | null {
  if (text.length < longFrom || !text.includes("{{")) return null;
  const { parts, unclosed } = splitTemplate(text);
  if (unclosed !== null) return null;
  const sentences: string[] = [];
  let current = "";
  for (const part of parts) {
    if ("expression" in part) {
      current += `{{ ${part.expression} }}`;
      continue;
    }
    const [first = "", ...rest] = part.text.split(/(?<=[.!?…]) (?=\S)/);
    current += first;
    for (const piece of rest) {
      sentences.push(current);
      current = piece;
    }
  }
  const all = [...sentences, current].filter((sentence) => sentence.trim() !== "");
  return all.length > 1 ? all : null;
}
