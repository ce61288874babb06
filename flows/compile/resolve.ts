import type { PlayItem } from "../commands.ts";
import { evaluate, render, renderShown, type Scope, show } from "../expressions/evaluate.ts";
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
  /** An expression whose value has to be a text: nothing is empty, a number is written. */
  celText: (source: string) => ({ $celText: source }),
  play: (prompts: PromptMarker[]) => ({ $play: prompts }),
  menu: (intro: PromptMarker[], options: PromptMarker[][], random: boolean) => ({ $menu: { intro, options, random } }),
  /** A prompt's text only (what an operator reads). */
  words: (prompt: PromptMarker | null) => (prompt ? { $words: prompt } : ""),
};

type Reading = (value: never, scope: Scope, language: Language) => unknown;

/** What each marker becomes. */
const readings: Record<string, Reading> = {
  $text: render,
  $shown: renderShown,
  $cel: evaluate,
  $celText: (source: string, scope, language) => show(evaluate(source, scope, language)),
  $play: (prompts: PromptMarker[], scope, language) => prompts.flatMap((prompt) => playItem(prompt, scope, language)),
  $menu: (menu: Menu, scope, language) => menuItems(menu, scope, language),
  $language: (_value, _scope, language) => language,
  $words: (prompt: PromptMarker, scope, language) => playItem(prompt, scope, language)[0]?.text ?? "",
  $shownWords: (prompt: PromptMarker, scope, language) => shownText(prompt, scope, language),
};
const fixed = new WeakMap<object, boolean>();

const markerOf = (value: object): string | null => {
  for (const key in value) return key.startsWith("$") && key in readings ? key : null;
  return null;
};

/** Without a marker anywhere in it: the machine's own object can be used as it is. Remembered, the machine never changes. */
function isFixed(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  let known = fixed.get(value);
  if (known === undefined) {
    known = markerOf(value) === null && Object.values(value).every(isFixed);
    fixed.set(value, known);
  }
  return known;
}

/** Replaces markers, deeply. Throws an Error with the failing expression's message. */
export function resolve(value: unknown, scope: Scope, language: Language): unknown {
  if (typeof value !== "object" || value === null || isFixed(value)) return value;
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope, language));
  const marker = markerOf(value);
  if (marker) return readings[marker]!((value as Record<string, never>)[marker]!, scope, language);
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
