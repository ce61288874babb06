import { wholeCurrencies } from "./currency-signs.ts";
import { roundDecimal, toDecimal } from "./decimal.ts";
import { type DurationUnit, durationParts } from "./duration-parts.ts";
import { type NumberMarks, writtenNumber } from "./written-number.ts";

/** What every language writes for the eye in one way, with its own marks and signs. */
export const asWritten = (text: string): string => String(text);

/** Figures with the separators of a language; anything else unchanged. */
export const figures = (n: number, marks: NumberMarks): string => writtenNumber(n, marks) ?? String(n);

/** A sum by ISO 4217 code, split for writing: a whole sum has no fraction. Null when the amount is no number. */
export function sumParts(amount: number, code: string): { currency: string; negative: boolean; whole: number; fraction: string } | null {
  const decimal = toDecimal(amount);
  if (!decimal) return null;
  const currency = String(code).trim().toUpperCase();
  const { negative, whole, minor } = roundDecimal(decimal, wholeCurrencies.has(currency) ? 0 : 2);
  return { currency, negative, whole, fraction: minor > 0 ? String(minor).padStart(2, "0") : "" };
}

/** Seconds as "1 h 30 min", with the signs of a language. */
export function shownDuration(seconds: number, signs: Record<DurationUnit, string>, marks: NumberMarks): string {
  const split = durationParts(seconds);
  if (!split) return String(seconds);
  return (split.negative ? "-" : "") + split.parts.map(([unit, n]) => `${figures(n, marks)} ${signs[unit]}`).join(" ");
}
