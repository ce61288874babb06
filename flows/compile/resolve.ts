import type { PlayItem } from "../commands.ts";
import { evaluate, render, renderShown, type Scope, show } from "../expressions/evaluate.ts";
import { spokenPieces } from "../expressions/spoken-pieces.ts";
import type { Language } from "../language/index.ts";
import { numberWithin, type Tunable, type TunableRange } from "../nodes/tunable.ts";
import type { Value } from "../schema/values.ts";
import { hashOf, shuffled } from "./seeded.ts";

/**
 * Arguments in the machine are JSON with markers; they become values when the node is entered.
 * `{ $menu }` is a prompt with its options, perhaps in random order. `{ $text }` renders a text, `{ $cel }` evaluates, `{ $play }` renders a prompt in the call's language.
 * `{ $shown }` and `{ $shownWords }` render a text and a prompt for reading.
 */
export type PromptMarker = { key: string; texts: Partial<Record<Language, { text: string; audio?: string }>>; order: Language[] };
export const mark = {
  text: (text: string) => (text.includes("{{") ? { $text: text } : text),
  cel: (source: string) => ({ $cel: source }),
  /** An expression whose value must be a text: null is empty, a number is formatted. */
  celText: (source: string) => ({ $celText: source }),
  play: (prompts: PromptMarker[]) => ({ $play: prompts }),
  menu: (intro: PromptMarker[], options: PromptMarker[][], random: boolean) => ({ $menu: { intro, options, random } }),
  /** A number of the form, or of an expression within the form's bounds; `by` turns its unit into the command's. */
  number: (value: Tunable, { min, max }: TunableRange, by: number) =>
    typeof value === "number" ? Math.round(value * by) : { $number: { source: value, min, max, by } },
  /** The text of a prompt as an operator reads it on the screen: figures instead of words. */
  words: (prompt: PromptMarker | null) => (prompt ? { $shownWords: prompt } : ""),
};

type Whispered = { before: PromptMarker[]; recording: string; after: PromptMarker[] };
type Tuned = TunableRange & { source: string; by: number };
type Reading = (value: never, scope: Scope, language: Language) => unknown;

/** What each marker becomes. */
const readings: Record<string, Reading> = {
  $text: render,
  $shown: renderShown,
  $cel: evaluate,
  $celText: (source: string, scope, language) => show(evaluate(source, scope, language)),
  $number: ({ source, by, ...range }: Tuned, scope, language) => Math.round(numberWithin(evaluate(source, scope, language), range) * by),
  $play: (prompts: PromptMarker[], scope, language) => prompts.flatMap((prompt) => playItem(prompt, scope, language)),
  $menu: (menu: Menu, scope, language) => menuItems(menu, scope, language),
  $whisper: ({ before, recording, after }: Whispered, scope, language) => [
    ...before.flatMap((prompt) => playItem(prompt, scope, language)),
    ...recordedItem(evaluate(recording, scope, language), language),
    ...after.flatMap((prompt) => playItem(prompt, scope, language)),
  ],
  $language: (_value, _scope, language) => language,
  $words: (prompt: PromptMarker, scope, language) => playItem(prompt, scope, language)[0]?.text ?? "",
  $shownWords: (prompt: PromptMarker, scope, language) => shownText(prompt, scope, language),
};

const isPlain = (text: string): boolean => !text.includes("{{");
const saysTheSame = ({ texts }: PromptMarker): boolean => Object.values(texts).every(({ text }) => isPlain(text));

/** Markers with the same value in every call of one language. Expressions never qualify. */
const sameForAll: Record<string, (value: never) => boolean> = {
  $text: isPlain,
  $shown: isPlain,
  $play: (prompts: PromptMarker[]) => prompts.every(saysTheSame),
  $menu: ({ intro, options, random }: Menu) => !random && [...intro, ...options.flat()].every(saysTheSame),
  $language: () => true,
  $words: saysTheSame,
  $shownWords: saysTheSame,
};

const markerOf = (value: object): string | null => {
  for (const key in value) return key.startsWith("$") && key in readings ? key : null;
  return null;
};

/** Turns a machine value into an argument. `varies`: per call; otherwise once per language. */
type Reader = { varies: boolean; read(scope: Scope, language: Language): unknown };
const readers = new WeakMap<object, Reader>();

/** The reader of a value, created once, because the machine never changes. */
function readerOf(value: unknown): Reader {
  if (typeof value !== "object" || value === null) return { varies: false, read: () => value };
  let reader = readers.get(value);
  if (!reader) {
    reader = remembered(makeReader(value));
    readers.set(value, reader);
  }
  return reader;
}

function makeReader(value: object): Reader {
  if (Array.isArray(value)) {
    const items = value.map(readerOf);
    return { varies: items.some((item) => item.varies), read: (scope, language) => items.map((item) => item.read(scope, language)) };
  }
  const marker = markerOf(value);
  if (marker) {
    const content = (value as Record<string, never>)[marker]!;
    return { varies: sameForAll[marker]?.(content) !== true, read: (scope, language) => readings[marker]!(content, scope, language) };
  }
  const entries = Object.entries(value).map(([key, item]): [string, Reader] => [key, readerOf(item)]);
  return {
    varies: entries.some(([, item]) => item.varies),
    read: (scope, language) => Object.fromEntries(entries.map(([key, item]) => [key, item.read(scope, language)])),
  };
}

/** Arguments that do not vary are shared by all calls, as the machine is: nobody changes them. */
function remembered(reader: Reader): Reader {
  if (reader.varies) return reader;
  const known = new Map<Language, unknown>();
  return {
    varies: false,
    read(scope, language) {
      if (!known.has(language)) known.set(language, reader.read(scope, language));
      return known.get(language);
    },
  };
}

/** Replaces markers, deeply. Throws an Error with the failing expression's message. */
export const resolve = (value: unknown, scope: Scope, language: Language): unknown => readerOf(value).read(scope, language);

/** A prompt as text for reading: figures instead of words. */
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

/** The recording of this call, if any. */
const recordedItem = (id: Value, language: Language): PlayItem[] =>
  typeof id === "string" && id !== "" ? [{ prompt: "", language, text: "", recording: id }] : [];

function playItem(prompt: PromptMarker, scope: Scope, language: Language): PlayItem[] {
  const chosen = [language, ...prompt.order].find((tag) => prompt.texts[tag]);
  const entry = chosen && prompt.texts[chosen];
  if (!chosen || !entry) return [];
  const text = render(entry.text, scope, chosen);
  if (text.trim() === "" && !entry.audio) return [];
  if (entry.audio) return [{ prompt: prompt.key, language: chosen, text, audio: entry.audio }];
  const pieces = (spokenPieces(entry.text) ?? []).map((piece) => render(piece, scope, chosen)).filter((piece) => piece.trim() !== "");
  return [{ prompt: prompt.key, language: chosen, text, ...(pieces.length > 1 && pieces.join(" ") === text ? { pieces } : {}) }];
}
