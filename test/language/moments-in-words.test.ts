import { describe, expect, test } from "vitest";
import { evaluate, render, type Scope } from "../../flows/expressions/evaluate.ts";

/** A written instant is told by the clock of the call, a written clock as it stands; figures that may mean two moments are refused. */
const scope = (callZone?: string): Scope => ({
  inputs: {},
  vars: {},
  result: {},
  call: {},
  caller: {},
  contact: {},
  now: {},
  ...(callZone ? { callZone } : {}),
});

describe("an instant by the clock of the call", () => {
  test.each([
    ["Europe/Moscow", "time('2026-12-31T23:30:00Z')", "два часа тридцать минут"],
    ["Europe/Moscow", "date('2026-12-31T23:30:00Z')", "первое января"],
    ["Europe/Moscow", "dateYear('2026-12-31T23:30:00.000Z')", "первое января две тысячи двадцать седьмого года"],
    ["Europe/Moscow", "weekday('2026-12-31T23:30:00+00:00')", "пятница"],
    ["Asia/Vladivostok", "time('2026-12-31T23:30:00+03:00')", "шесть часов тридцать минут"],
    ["Asia/Vladivostok", "time('2026-12-31T23:30:00+0300')", "шесть часов тридцать минут"],
    ["Asia/Vladivostok", "time('2026-12-31T23:30')", "двадцать три часа тридцать минут"],
    ["Asia/Vladivostok", "time('09:05')", "девять часов пять минут"],
    ["America/New_York", "date('2026-11-01')", "первое ноября"],
  ])("%s: %s", (zone, source, said) => expect(evaluate(source, scope(zone), "ru")).toBe(said));

  test("without a zone it stays as written", () => expect(evaluate("time('2026-12-31T23:30:00Z')", scope(), "ru")).toBe("двадцать три часа тридцать минут"));
  test("in a text, for the eye too", () => {
    expect(render("{{ date('2026-12-31T23:30:00Z', 'shown') }} {{ time('2026-12-31T23:30:00Z', 'shown') }}", scope("Europe/Moscow"), "ru")).toBe(
      "1 января 02:30",
    );
  });
  test("minutes between instants count their offsets", () => {
    expect(evaluate("minutesBetween('2026-12-31T23:30:00Z', '2027-01-01T02:30:00+03:00')", scope(), "ru")).toBe(0);
    expect(evaluate("minutesBetween('2026-12-31T23:00', '2026-12-31T23:30')", scope(), "ru")).toBe(30);
  });
});

describe("forms of dates and times", () => {
  test.each([
    ["date('03.12.2026')", "третье декабря"],
    ["date('3.12.2026')", "третье декабря"],
    ["weekday('23.11.2026')", "понедельник"],
    ["time('24:00')", "ноль часов"],
    ["time('2026-11-23T24:00:00')", "ноль часов"],
    ["date('завтра')", "завтра"],
    ["time('после обеда')", "после обеда"],
  ])("read: %s", (source, said) => expect(evaluate(source, scope("Europe/Moscow"), "ru")).toBe(said));

  test.each(["time('9:5')", "date('11/23/2026')", "date('31.02.2026')", "date('1.2.26')", "dateYear('2026/11/23')", "weekday('32.01.2026')"])(
    "refused with a reason: %s",
    (source) => {
      expect(() => evaluate(source, scope("Europe/Moscow"), "ru")).toThrow(/is not a (date|time)/);
    },
  );
});

describe("numbers of texts", () => {
  test.each([
    ["en", "money('1,250', 'USD')", "one thousand two hundred fifty dollars"],
    ["en", "words('12,500')", "twelve thousand five hundred"],
    ["en", "count('1,250.50', ['apple', 'apples'])", "one thousand two hundred fifty point five apples"],
    ["ru", "money('1.250,50', 'RUB')", "одна тысяча двести пятьдесят рублей пятьдесят копеек"],
    ["ru", "money('1 250,50', 'RUB')", "одна тысяча двести пятьдесят рублей пятьдесят копеек"],
    ["ru", "words('12,5')", "двенадцать целых пять десятых"],
  ] as const)("%s: %s", (language, source, said) => expect(evaluate(source, scope(), language)).toBe(said));

  test("number() reads what words() reads", () => {
    expect(evaluate("number('1,250.50') + 1", scope(), "en")).toBe(1251.5);
    expect(evaluate("number('1 250,50')", scope(), "ru")).toBe(1250.5);
    expect(evaluate("max('1 250', 3)", scope(), "ru")).toBe(1250);
    expect(evaluate("number('')", scope(), "ru")).toBe(0);
  });
  test.each(["money('1.250', 'RUB')", "count('1.250', ['рубль', 'рубля', 'рублей'])", "number('1.250')", "number('двадцать')"])(
    "refused with a reason: %s",
    (source) => {
      expect(() => evaluate(source, scope(), "ru")).toThrow(/is ambiguous|is not a number/);
    },
  );
});

describe("spaces of values beside another value", () => {
  test.each([
    ["{{ 'улица ' }}{{ 'Садовая' }}", "улица Садовая"],
    ["{{ 'улица' }}{{ ' Садовая' }}", "улица Садовая"],
    ["{{ 1 }}{{ ' ' }}{{ 2 }}", "1 2"],
    ["{{ 1 }}{{ ' из ' }}{{ 3 }}", "1 из 3"],
    ["{{ '' }}{{ ' ' }}{{ 3 }}", "3"],
    ["{{ 'а ' }}{{ '' }}!", "а!"],
    ["{{ 'Анна ' }}, здравствуйте", "Анна, здравствуйте"],
  ])("%s", (text, said) => expect(render(text, scope(), "ru")).toBe(said));
});
