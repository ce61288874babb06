import type { Gender, GrammaticalCase } from "../say-as.ts";
import { type CaseForms, caseIndex } from "./numerals.ts";

const endings: Record<Gender | "plural", CaseForms> = {
  m: ["ый", "ого", "ому", "ый", "ым", "ом"],
  f: ["ая", "ой", "ой", "ую", "ой", "ой"],
  n: ["ое", "ого", "ому", "ое", "ым", "ом"],
  plural: ["ые", "ых", "ым", "ые", "ыми", "ых"],
};

const softEndings: Record<Gender | "plural", CaseForms> = {
  m: ["ий", "его", "ему", "ий", "им", "ем"],
  f: ["яя", "ей", "ей", "юю", "ей", "ей"],
  n: ["ее", "его", "ему", "ее", "им", "ем"],
  plural: ["ие", "их", "им", "ие", "ими", "их"],
};

const thirdForms: Record<Gender | "plural", CaseForms> = {
  m: ["третий", "третьего", "третьему", "третий", "третьим", "третьем"],
  f: ["третья", "третьей", "третьей", "третью", "третьей", "третьей"],
  n: ["третье", "третьего", "третьему", "третье", "третьим", "третьем"],
  plural: ["третьи", "третьих", "третьим", "третьи", "третьими", "третьих"],
};

/** Adjectives with a stressed ending: второй, шестой, седьмой, восьмой, сороковой, нулевой. */
const stressed = new Set(["нулев", "втор", "шест", "седьм", "восьм", "сороков"]);

/** A hard-stem adjective, inanimate in the accusative. */
export function adjective(stem: string, gender: Gender | "plural", grammaticalCase: GrammaticalCase): string {
  const ending = endings[gender][caseIndex[grammaticalCase]]!;
  return stem + (ending === "ый" && stressed.has(stem) ? "ой" : ending);
}

/** третий is the only ordinal with a soft possessive declension. */
export function third(gender: Gender | "plural", grammaticalCase: GrammaticalCase): string {
  return thirdForms[gender][caseIndex[grammaticalCase]]!;
}

/** Any adjective by its nominative: новый → новому, свежая → свежей, последнее → последним, русский → русских. */
export function adjectiveLike(nominative: string, gender: Gender | "plural", grammaticalCase: GrammaticalCase): string {
  const stem = nominative.slice(0, -2);
  const index = caseIndex[grammaticalCase];
  const hushing = /[жшчщ]$/.test(stem);
  if (/(ий|яя|ее)$/.test(nominative) && !/[гкхжшчщ]$/.test(stem)) return stem + softEndings[gender][index]!;
  // большой keeps о under stress; свежий does not.
  const hard = endings[gender][index]!;
  const written = /[гкхжшчщ]$/.test(stem) ? hard.replace(/^ы/, "и") : hard;
  return stem + (hushing && !nominative.endsWith("ой") ? written.replace(/^о/, "е") : written);
}
