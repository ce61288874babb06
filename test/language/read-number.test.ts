import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNumber } from "../../flows/language/read-number.ts";

const nbsp = "\u00a0";
/** [text, Russian, English, without a language]; a text instead of a number is the problem. */
const table: [string, number | string, number | string, number | string][] = [
  ["1250", 1250, 1250, 1250],
  ["0", 0, 0, 0],
  ["0.5", 0.5, 0.5, 0.5],
  ["0,5", 0.5, 0.5, 0.5],
  ["0.125", 0.125, 0.125, 0.125],
  ["-3", -3, -3, -3],
  ["−3,5", -3.5, -3.5, -3.5],
  ["1 250", 1250, 1250, 1250],
  [`1${nbsp}250${nbsp}000`, 1250000, 1250000, 1250000],
  ["1 250,50", 1250.5, 1250.5, 1250.5],
  ["1 250.50", 1250.5, 1250.5, 1250.5],
  ["1 250,500", 1250.5, 1250.5, 1250.5],
  ["1'250.50", 1250.5, 1250.5, 1250.5],
  ["1,250.50", 1250.5, 1250.5, 1250.5],
  ["1.250,50", 1250.5, 1250.5, 1250.5],
  ["1,250,000", 1250000, 1250000, 1250000],
  ["1.250.000", 1250000, 1250000, 1250000],
  ["12,500", 12.5, 12500, "ambiguous"],
  ["1,250", 1.25, 1250, "ambiguous"],
  ["1.250", "ambiguous", 1.25, "ambiguous"],
  ["1250,500", 1250.5, 1250.5, 1250.5],
  ["12,5", 12.5, 12.5, 12.5],
  ["12,50", 12.5, 12.5, 12.5],
  ["1,25.50", "not-a-number", "not-a-number", "not-a-number"],
  ["1,2,3", "not-a-number", "not-a-number", "not-a-number"],
  ["12 34", "not-a-number", "not-a-number", "not-a-number"],
  ["1 2", "not-a-number", "not-a-number", "not-a-number"],
  ["+7", "not-a-number", "not-a-number", "not-a-number"],
  ["007", "not-a-number", "not-a-number", "not-a-number"],
  ["01.50", "not-a-number", "not-a-number", "not-a-number"],
  ["12.", "not-a-number", "not-a-number", "not-a-number"],
  [".5", "not-a-number", "not-a-number", "not-a-number"],
  ["", "not-a-number", "not-a-number", "not-a-number"],
  ["1e5", "not-a-number", "not-a-number", "not-a-number"],
  ["0x10", "not-a-number", "not-a-number", "not-a-number"],
  ["10 ₽", "not-a-number", "not-a-number", "not-a-number"],
  ["1234567890123456", "too-large", "too-large", "too-large"],
];

describe("a number as people write it", () => {
  test.each(table)("%j", (text, ru, en, none) => {
    const read = (language: "ru" | "en" | null) => {
      const found = readNumber(text, language);
      return "value" in found ? found.value : found.problem;
    };
    expect([read("ru"), read("en"), read(null)]).toEqual([ru, en, none]);
  });

  test("what a language writes is read back in it", () => {
    const cents = fc.integer({ min: -99_999_999, max: 99_999_999 });
    fc.assert(
      fc.property(cents, fc.constantFrom("ru", "en"), (amount, language) => {
        const written = new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(amount / 100);
        expect(readNumber(written, language as "ru" | "en")).toEqual({ value: amount / 100 === 0 ? 0 : amount / 100 });
      }),
    );
  });
});
