import type { PersonGender } from "../names.ts";

const words: Record<string, PersonGender> = {};
for (const word of "m male man м муж мужской мужчина".split(" ")) words[word] = "m";
for (const word of "f female woman w ж жен женский женщина".split(" ")) words[word] = "f";

/** The gender that a table or a form names in its own way: м, муж., male, F, женский; null for anything else. */
export function readGender(value: unknown): PersonGender {
  if (typeof value !== "string") return null;
  const word = value.trim().toLowerCase().replace(/\.$/, "");
  return Object.hasOwn(words, word) ? words[word]! : null;
}
