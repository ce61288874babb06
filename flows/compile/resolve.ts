import type { PlayItem } from "../commands.ts";
import { evaluate, render, renderShown, type Scope } from "../expressions/evaluate.ts";
import { sentencesOf } from "../expressions/sentences.ts";
import type { Language } from "../language/index.ts";
import { hashOf, shuffled } from "./seeded.ts";

/**
 * Arguments in the machine are JSON with markers; they become values when the node is entered.
 * `{ $menu }` is a prompt with its options, perhaps in random order. `{ $text }` renders a text, `{ $cel }` evaluates, `{ $play }` renders a prompt in the call's language.
 * `{ $shown }` and `{ $shownWords }` render a text and a prompt for the eye.
 */
export type PromptMarker = { key: string; texts: Partial<Record<Language, { text: string; audio?: string }>>; order: Language[] };
export const mark = {
  text: (text: string) => (text.includes("{{") ? { $text: text } : text),
  cel: (source: string) => ({ $cel: source }),
  play: (prompts: PromptMarker[]) => ({ $play: prompts }),
  menu: (intro: PromptMarker[], options: PromptMarker[][], random: boolean) => ({ $menu: { intro, options, random } }),
  /** A prompt's text only (what an operator reads). */
  words: (prompt: PromptMarker | null) => (prompt ? { $words: prompt } : ""),
};

const markers = ["$text", "$shown", "$cel", "$play", "$menu", "$language", "$words", "$shownWords"];
const fixed = new WeakMap<object, boolean>();

/** Without a marker anywhere in it: the machine's own object can be used as it is. Remembered, the machine never changes. */
function isFixed(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  let known = fixed.get(value);
  if (known === undefined) {
    known = !markers.some((marker) => marker in value) && Object.values(value).every(isFixed);
    fixed.set(value, known);
  }
  return known;
}

/** Replaces markers, deeply. Throws an Error with the failing expression's message. */
export function resolve(value: unknown, scope: Scope, language: Language): unknown {
  if (typeof value !== "object" || value === null || isFixed(value)) return value;
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope, language));
  if ("$text" in value) return render(value.$text as string, scope, language);
  if ("$cel" in value) return evaluate(value.$cel as string, scope, language);
  if ("$play" in value) return (value.$play as PromptMarker[]).flatMap((prompt) => playItem(prompt, scope, language));
  if ("$menu" in value) return menuItems(value.$menu as Menu, scope, language);
  if ("$language" in value) return language;
  if ("$words" in value) return playItem(value.$words as PromptMarker, scope, language)[0]?.text ?? "";
  if ("$shown" in value) return renderShown(value.$shown as string, scope, language);
  if ("$shownWords" in value) return shownText(value.$shownWords as PromptMarker, scope, language);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, scope, language)]));
}

/** A prompt as text for the eye: figures instead of words. */
function shownText(prompt: PromptMarker, scope: Scope, language: Language): string {
  const chosen = [language, ...prompt.order].find((tag) => prompt.texts[tag]);
  return chosen ? renderShown(prompt.texts[chosen]!.text, scope, chosen) : "";
}

type Menu = { intro: PromptMarker[]; options: PromptMarker[][]; random: boolean };

function menuItems({ intro, options, random }: Menu, scope: Scope, language: Language): PlayItem[] {
  const seed = `${String((scope.call as { id?: unknown }).id)}:${intro[0]?.key ?? ""}`;
  const ordered = random ? shuffled(options, hashOf(seed)) : options;
  return [...intro, ...ordered.flat()].flatMap((prompt) => playItem(prompt, scope, language));
}

function playItem(prompt: PromptMarker, scope: Scope, language: Language): PlayItem[] {
  const chosen = [language, ...prompt.order].find((tag) => prompt.texts[tag]);
  const entry = chosen && prompt.texts[chosen];
  if (!chosen || !entry) return [];
  const text = render(entry.text, scope, chosen);
  if (text.trim() === "" && !entry.audio) return [];
  if (entry.audio) return [{ prompt: prompt.key, language: chosen, text, audio: entry.audio }];
  const pieces = (sentencesOf(entry.text) ?? []).map((sentence) => render(sentence, scope, chosen)).filter((piece) => piece.trim() !== "");
  return [{ prompt: prompt.key, language: chosen, text, ...(pieces.length > 1 && pieces.join(" ") === text ? { pieces } : {}) }];
}
