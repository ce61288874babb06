import { englishNames } from "./en/names.ts";
import { english } from "./en/say-as.ts";
import { englishShown } from "./en/shown.ts";
import type { Names } from "./names.ts";
import { russianNames } from "./ru/names.ts";
import { russian } from "./ru/say-as.ts";
import { russianShown } from "./ru/shown.ts";
import type { Form, Language, SayAs } from "./say-as.ts";

export type { Names, PersonGender } from "./names.ts";
export type { Form, Gender, GrammaticalCase, Language, SayAs } from "./say-as.ts";
export { readGender } from "./names/read-gender.ts";

const speakers: Record<Form, Record<Language, SayAs>> = {
  said: { ru: russian, en: english },
  shown: { ru: russianShown, en: englishShown },
};
const names: Record<Language, Names> = { ru: russianNames, en: englishNames };

/** The reading rules of a language: numbers, money, dates and digits as words to hear or figures to read. */
export function sayAs(language: Language, form: Form = "said"): SayAs {
  return speakers[form][language];
}

/** Personal names in a language. The same for speech and for reading. */
export function namesIn(language: Language): Names {
  return names[language];
}
