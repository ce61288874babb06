import { thousandGroups, toDecimal } from "../decimal.ts";

const low = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const scales = ["", " thousand", " million", " billion", " trillion", " quadrillion"];
const irregularOrdinals: Record<string, string> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

/** twenty-one, one hundred five (no "and"), minus two point five. */
export function cardinal(n: number): string {
  const decimal = toDecimal(n);
  if (!decimal) return String(n);
  const tail = decimal.fraction ? ` point ${[...decimal.fraction].map(digitName).join(" ")}` : "";
  return (decimal.negative ? "minus " : "") + integer(decimal.whole) + tail;
}

/** twenty-first, one hundredth, two thousand third. */
export function ordinal(n: number): string {
  if (!Number.isSafeInteger(n)) return String(n);
  return cardinal(n).replace(/[a-z]+$/, ordinalWord);
}

/** The name of one digit. */
export function digitName(digit: string): string {
  return low[Number(digit)] ?? digit;
}

function ordinalWord(word: string): string {
  return irregularOrdinals[word] ?? (word.endsWith("y") ? `${word.slice(0, -1)}ieth` : `${word}th`);
}

function integer(n: number): string {
  if (n === 0) return low[0]!;
  const groups = thousandGroups(n).map((group, power) => (group > 0 ? below1000(group) + scales[power] : ""));
  return groups.filter(Boolean).reverse().join(" ");
}

function below1000(n: number): string {
  const hundreds = n >= 100 ? `${low[Math.floor(n / 100)]} hundred` : "";
  const rest = n % 100 > 0 ? below100(n % 100) : "";
  return hundreds && rest ? `${hundreds} ${rest}` : hundreds || rest;
}

function below100(n: number): string {
  if (n < 20) return low[n]!;
  const ten = tens[Math.floor(n / 10) - 2]!;
  return n % 10 > 0 ? `${ten}-${low[n % 10]}` : ten;
}
