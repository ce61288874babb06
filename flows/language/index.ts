import { english } from "./en/say-as.ts";
import { russian } from "./ru/say-as.ts";
import type { Language, SayAs } from "./say-as.ts";

export type { Gender, GrammaticalCase, Language, SayAs } from "./say-as.ts";

const speakers: Record<Language, SayAs> = { ru: russian, en: english };

/** The reading rules of a language: numbers, money, dates, digits as words a synthesizer cannot get wrong. */
export function sayAs(language: Language): SayAs {
  return speakers[language];
}
