import type { ChangeGroup, ChangeMark, FoundChange } from "./change.ts";

export type Language = "ru" | "en";
/** What a sentence is made of, in its language. */
export type Words = { node: string; field: string; language: Language; before: string; after: string };
export type Telling = { group: ChangeGroup; mark: ChangeMark; say: (change: FoundChange, words: Words) => string };

/** "X: was A, now B", whatever of the two there is. */
const turned = (what: string, change: FoundChange, { language, before, after }: Words): string => {
  if (change.before === undefined) return language === "ru" ? `${what}: теперь ${after}` : `${what}: now ${after}`;
  if (change.after === undefined) return language === "ru" ? `${what}: убрано, было ${before}` : `${what}: gone, was ${before}`;
  return language === "ru" ? `${what}: было ${before}, стало ${after}` : `${what}: was ${before}, now ${after}`;
};

export const tell = (
  group: ChangeGroup,
  mark: ChangeMark,
  ru: (words: Words, change: FoundChange) => string,
  en: (words: Words, change: FoundChange) => string,
) => ({
  group,
  mark,
  say: (change: FoundChange, words: Words) => (words.language === "ru" ? ru : en)(words, change),
});
/** A thing that changed its value; `what` names the thing. */
export const turn = (group: ChangeGroup, ru: (words: Words) => string, en: (words: Words) => string): Telling => ({
  group,
  mark: "~",
  say: (change, words) => turned((words.language === "ru" ? ru : en)(words), change, words),
});
export const come = (group: ChangeGroup, ru: string, en: string): Telling =>
  tell(
    group,
    "+",
    ({ field }) => `${ru} ${field}`,
    ({ field }) => `${en} ${field} added`,
  );
export const go = (group: ChangeGroup, ru: string, en: string): Telling =>
  tell(
    group,
    "-",
    ({ field }) => `${ru} ${field}`,
    ({ field }) => `${en} ${field} removed`,
  );
export const order = (group: ChangeGroup, ru: string, en: string): Telling =>
  turn(
    group,
    () => ru,
    () => en,
  );
