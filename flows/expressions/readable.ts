import { numberProblemWords, readNumber, type NumberProblem } from "../language/read-number.ts";
import { isFigures } from "../schema/read-moment.ts";
import type { Language } from "../language/index.ts";
import { TextError } from "./text-error.ts";

/** Text that failed imports write instead of an empty value. */
const junk = /^(null|NULL|undefined|NaN|\[object \w+\])$/;

/** A value as a line of text; null is empty. Spaces are trimmed and collapsed. */
export function readableText(value: unknown): string {
  if (value === null || value === undefined || typeof value === "object") return "";
  if (typeof value === "number" && !Number.isFinite(value)) return "";
  const text = String(value)
    .replace(/\uFDD0/g, "")
    .replace(/[^\S\n]{2,}/g, " ")
    .trim();
  return junk.test(text) ? "" : text;
}

/** A number, or a text of figures as people write them in a language: "1 250,50". Null for words and nothing. Throws a TextError for figures that are no number, or could be two. */
export function readableNumber(value: unknown, language: Language): number | null {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const read = readNumber(value, language);
  if ("value" in read) return read.value;
  if (isFigures(value)) throw wrongNumber(value, read.problem);
  return null;
}

/** A number of an expression: null and a blank text are 0, as an empty cell of a table is. Throws a TextError for anything else that is no number. */
export function numberOf(value: unknown, language: Language): number {
  if (value === null || value === undefined || (typeof value === "string" && readableText(value) === "")) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  const number = readableNumber(value, language);
  if (number === null) throw wrongNumber(readableText(value), "not-a-number");
  return number;
}

function wrongNumber(text: string, problem: NumberProblem): TextError {
  const { ru, en } = numberProblemWords(text, problem);
  return new TextError(en, ru);
}
