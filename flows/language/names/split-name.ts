import type { Person } from "../names.ts";
import { isFirstName } from "./first-names.ts";

/** The words of one name put in their places. */
export type NameParts = Pick<Person, "first" | "patronymic" | "last" | "lastFirst">;

const patronymic = /(ович|евич|ьич|мич|кич|тич|ввич|инич|овна|евна|ична|инична)$/i;
const turkic = /^(оглы|оглу|угли|улы|кызы|кизи|гызы)$/i;
const surname =
  /(ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ский|ская|цкий|цкая|ской|цкой|енко|ук|юк|чук|их|ых|дзе|швили|ели|ава|ия|ян|янц|ич|ко|ец|як|ар|арь|ый|ая|ой|ман|берг|штейн|son|ez|sky|ski)$/i;

/** Two or three words of a Russian name in either order; null when they are no name of one person. */
export function splitRussian(written: readonly string[]): NameParts | null {
  const words = joinTurkic(written);
  const [a = "", b = "", c = ""] = words;
  if (words.length === 1) return oneWord(a);
  if (words.length === 2) return twoWords(a, b);
  if (words.length !== 3) return null;
  if (isPatronymic(b) || (isInitial(a) && isInitial(b))) return { first: a, patronymic: b, last: c, lastFirst: false };
  if (isPatronymic(c) || (isInitial(b) && isInitial(c))) return { last: a, first: b, patronymic: c, lastFirst: true };
  return null;
}

const isInitial = (word: string): boolean => /^\p{L}\.$/u.test(word);

function isPatronymic(word: string): boolean {
  return (patronymic.test(word) && !word.includes("-")) || word.includes(" ");
}

/** «Гасан оглы» is one patronymic. */
function joinTurkic(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    if (turkic.test(word) && joined.length > 0) joined.push(`${joined.pop()} ${word.toLowerCase()}`);
    else joined.push(word);
  }
  return joined;
}

function oneWord(word: string): NameParts {
  const isLast = !isFirstName(word) && surname.test(word);
  return { first: isLast ? "" : word, patronymic: "", last: isLast ? word : "", lastFirst: false };
}

function twoWords(a: string, b: string): NameParts {
  const [knownA, knownB] = [isFirstName(a), isFirstName(b)];
  if (isPatronymic(b) && !(isFirstName(b) && !knownA)) {
    if (!knownA && surname.test(a)) return { last: a, first: "", patronymic: b, lastFirst: true };
    return { first: a, patronymic: b, last: "", lastFirst: false };
  }
  const lastFirst = knownA === knownB ? !knownA && surname.test(a) && !surname.test(b) : knownB;
  const initialB = isInitial(b);
  return lastFirst || initialB ? { last: a, first: b, patronymic: "", lastFirst: true } : { first: a, last: b, patronymic: "", lastFirst: false };
}
