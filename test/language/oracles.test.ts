/** Property tests against two npm packages, where their rules and ours are the same. */
import fc from "fast-check";
import * as englishOracle from "n2words/en-US";
import * as russianOracle from "n2words/ru-RU";
import numberToWordsRu from "number-to-words-ru";
import { describe, expect, it } from "vitest";
import { type Gender, type GrammaticalCase, sayAs } from "../../flows/language/index.ts";

const ru = sayAs("ru");
const en = sayAs("en");
/** Random numbers of every length, so that small ones are not rare. */
const whole = fc.integer({ min: 1, max: 15 }).chain((length) => fc.integer({ min: 0, max: 10 ** length }));
const declensions: Record<GrammaticalCase, "nominative" | "genitive" | "dative" | "accusative" | "instrumental" | "prepositional"> = {
  nom: "nominative",
  gen: "genitive",
  dat: "dative",
  acc: "accusative",
  ins: "instrumental",
  pre: "prepositional",
};
const anyCase = fc.constantFrom<GrammaticalCase>("nom", "gen", "dat", "acc", "ins", "pre");
const genders: Gender[] = ["m", "f", "n"];

/** n2words writes тысяча and миллион without один and masculine-only ordinals. */
function withoutOne(words: string): string {
  return words.replace(/(?<=^|минус )(один|одна) (тысяча|миллион|миллиард|триллион|квадриллион)(?= |$)/, "$2");
}

function check<T>(property: fc.IProperty<T>): void {
  fc.assert(property as fc.IProperty<unknown>, { numRuns: 1500 });
}

describe("ru against n2words", () => {
  it("cardinals, masculine and feminine", () => {
    check(
      fc.property(whole, fc.boolean(), (n, feminine) => {
        const expected = russianOracle.toCardinal(n, { gender: feminine ? "feminine" : "masculine" });
        expect(withoutOne(ru.cardinal(n, { gender: feminine ? "f" : "m" }))).toBe(withoutOne(expected));
      }),
    );
  });

  it("ordinals that do not end in thousands", () => {
    check(
      fc.property(
        whole.filter((n) => n % 1000 !== 0),
        (n) => {
          expect(withoutOne(ru.ordinal(n))).toBe(withoutOne(russianOracle.toOrdinal(n)));
        },
      ),
    );
  });
});

describe("ru against number-to-words-ru", () => {
  it("cardinals in all cases and genders", () => {
    check(
      fc.property(
        whole.filter((n) => n > 0),
        anyCase,
        fc.constantFrom(0, 1, 2),
        (n, grammaticalCase, gender) => {
          const expected = numberToWordsRu.convert(n, {
            declension: declensions[grammaticalCase],
            currency: { currencyNameCases: ["", "", ""], currencyNounGender: { integer: gender as 0 | 1 | 2 } },
            showNumberParts: { fractional: false },
            showCurrency: { integer: false },
          });
          expect(ru.cardinal(n, { case: grammaticalCase, gender: genders[gender]! })).toBe(expected.toLowerCase());
        },
      ),
    );
  });

  it("decimals in all cases", () => {
    check(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 1, max: 4 }), anyCase, (digits, places, grammaticalCase) => {
        const n = digits / 10 ** places;
        fc.pre(!Number.isInteger(n) && Math.floor(n) % 1000 !== 0);
        const expected = numberToWordsRu.convert(String(n), {
          declension: declensions[grammaticalCase],
          currency: "number",
          convertNumberToWords: { fractional: true },
        });
        expect(ru.cardinal(n, { case: grammaticalCase })).toBe(expected.toLowerCase());
      }),
    );
  });

  it("roubles and kopecks", () => {
    check(
      fc.property(
        fc.integer({ min: 100, max: 10 ** 12 }).filter((kopecks) => kopecks % 100 > 0),
        (kopecks) => {
          const expected = numberToWordsRu.convert((kopecks / 100).toFixed(2), { currency: "rub", convertNumberToWords: { fractional: true } });
          expect(ru.money(kopecks / 100, "RUB")).toBe(expected.toLowerCase());
        },
      ),
    );
  });
});

describe("en against n2words", () => {
  it("cardinals", () => {
    check(
      fc.property(whole, (n) => {
        expect(en.cardinal(n)).toBe(englishOracle.toCardinal(n));
      }),
    );
  });

  it("ordinals", () => {
    check(
      fc.property(
        whole.filter((n) => n > 0),
        (n) => {
          expect(en.ordinal(n)).toBe(englishOracle.toOrdinal(n));
        },
      ),
    );
  });
});

describe("both languages", () => {
  it("plural agrees with Intl", () => {
    const rules = { ru: new Intl.PluralRules("ru"), en: new Intl.PluralRules("en") };
    check(
      fc.property(whole, (n) => {
        expect(ru.plural(n, ["one", "few", "many"])).toBe(rules.ru.select(n));
        expect(en.plural(n, ["one", "other"])).toBe(rules.en.select(n));
      }),
    );
  });

  it("nothing throws and nothing stays a digit in what is readable", () => {
    check(
      fc.property(fc.double(), fc.string(), (n, text) => {
        for (const language of [ru, en]) {
          for (const method of ["cardinal", "ordinal", "duration"] as const) expect(language[method](n)).toBeTypeOf("string");
          for (const method of ["digits", "code", "date", "time", "phone"] as const) expect(language[method](text)).toBeTypeOf("string");
          expect(language.money(n, text)).toBeTypeOf("string");
          if (Math.abs(n) < 1e15) expect(language.cardinal(n)).not.toMatch(/\d/);
        }
      }),
    );
  });
});
