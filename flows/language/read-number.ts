import type { Language } from "./say-as.ts";

/** Why a text is not read as a number. `ambiguous`: "1.250" may be one and a quarter or a thousand two hundred and fifty. */
export type NumberProblem = "not-a-number" | "ambiguous" | "too-large";
export type ReadNumber = { value: number } | { problem: NumberProblem };

const spaces = /[\s\u00a0\u2009\u202f]/g;
const mostDigits = 15;

/**
 * Reads a number as people and tables write it: "1250", "1 250,50", "1,250.50", "1.250,50", "-0.5". The one parser for
 * texts, expressions, forms and imports. A single separator before three digits depends on the language: Russian writes a comma
 * before a fraction, English a comma between thousands. What could be two different numbers is `ambiguous`: without a
 * language "1,250" is, and "1.250" is in Russian. A plus or a zero before another digit is no number but a phone or a code.
 */
export function readNumber(text: string, language: Language | null): ReadNumber {
  const trimmed = text.trim();
  const negative = /^[-−]/.test(trimmed);
  const unsigned = negative ? trimmed.slice(1).trim() : trimmed;
  if (!/^\d[\d.,'’\s\u00a0\u2009\u202f]*$/.test(unsigned) || /[^\d]$/.test(unsigned)) return { problem: "not-a-number" };
  const grouped = withoutSpaces(unsigned);
  const plain = grouped === null ? { problem: "not-a-number" as const } : withoutMarks(grouped, language, grouped !== unsigned);
  if (typeof plain !== "string") return plain;
  if (/^0\d/.test(plain)) return { problem: "not-a-number" };
  if (plain.replace(/\D/g, "").length > mostDigits) return { problem: "too-large" };
  const value = Number(plain);
  return { value: negative && value !== 0 ? -value : value };
}

/** "1 250,50" → "1250,50"; null when the groups are not of three digits. */
function withoutSpaces(text: string): string | null {
  const tidy = text.replace(/['’]/g, " ");
  if (!spaces.test(tidy)) return tidy;
  spaces.lastIndex = 0;
  return /^\d{1,3}(?:[\s\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?$/.test(tidy) ? tidy.replace(spaces, "") : null;
}

/** The digits with a point before the fraction. `grouped`: spaces have parted the thousands, so a mark is the fraction's. */
function withoutMarks(text: string, language: Language | null, grouped: boolean): string | { problem: NumberProblem } {
  const marks = text.replace(/\d/g, "");
  if (marks === "") return text;
  if (grouped) return marks.length === 1 ? text.replace(",", ".") : { problem: "not-a-number" };
  const last = marks.at(-1)!;
  if (new Set(marks).size === 2) return bothMarks(text, last);
  if (marks.length > 1) return thousands(text, last) ?? { problem: "not-a-number" };
  return oneMark(text, last, language);
}

/** "12,5" and "12.5" are the same; "12,500" depends on the language. */
function oneMark(text: string, mark: string, language: Language | null): string | { problem: NumberProblem } {
  const [whole = "", fraction = ""] = text.split(mark);
  const either = /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
  if (either && language === "en" && mark === ",") return whole + fraction;
  const known = !either || language === "en" || (language === "ru" && mark === ",");
  return known ? `${whole}.${fraction}` : { problem: "ambiguous" };
}

/** "1,250.50" and "1.250,50": the last mark is the fraction's, the other parts the thousands. */
function bothMarks(text: string, point: string): string | { problem: NumberProblem } {
  const [whole = "", fraction, ...more] = text.split(point);
  const digits = more.length === 0 ? thousands(whole, point === "," ? "." : ",") : null;
  return digits === null || fraction === undefined ? { problem: "not-a-number" } : `${digits}.${fraction}`;
}

function thousands(text: string, mark: string): string | null {
  const [first = "", ...groups] = text.split(mark);
  return /^\d{1,3}$/.test(first) && groups.length > 0 && groups.every((group) => /^\d{3}$/.test(group)) ? first + groups.join("") : null;
}

/**
 * The number that a cell of a table is, when writing it again gives the same text: "12.5" is, "1.10", "007" and an
 * account of twenty digits are not and stay the exact text they are.
 */
export function exactNumber(text: string): number | null {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) || text.replace(/\D/g, "").length > mostDigits) return null;
  const value = Number(text);
  return String(value) === text ? value : null;
}

/** The message for a number that could not be parsed, in Russian and English. */
export function numberProblemWords(text: string, problem: NumberProblem): { ru: string; en: string } {
  const shown = text.trim().slice(0, 40);
  if (problem === "ambiguous")
    return {
      ru: `«${shown}» можно прочесть двояко: напишите тысячи без знака или дробь из двух цифр`,
      en: `"${shown}" is ambiguous: write thousands without a separator, or two decimal places`,
    };
  if (problem === "too-large")
    return {
      ru: `«${shown}»: больше ${mostDigits} цифр, точным числом это не хранится — оставьте текстом`,
      en: `"${shown}" has more than ${mostDigits} digits and cannot be stored exactly: keep it as text`,
    };
  return { ru: `«${shown}» — не число`, en: `"${shown}" is not a number` };
}
