import { describe, expect, test } from "vitest";
import { evaluate, type Scope } from "../../flows/expressions/evaluate.ts";
import { isoMoment, readMoment } from "../../flows/schema/read-moment.ts";

describe("one parser of moments", () => {
  test.each([
    ["2026-11-23", "2026-11-23", null],
    ["23.11.2026", "2026-11-23", null],
    ["3.1.2026 9:05", "2026-01-03T09:05", null],
    ["23.11.2026, 09:05", "2026-11-23T09:05", null],
    ["23.11.2026 23:30Z", "2026-11-23T23:30", 0],
    ["2026-11-23 09:05:59.5+0530", "2026-11-23T09:05", 330],
    ["2026-11-23T09:05-03", "2026-11-23T09:05", -180],
    ["9:05", "09:05", null],
    ["24:00", "00:00", null],
    ["2026-12-31T24:00:00", "2027-01-01T00:00", null],
    ["31.12.2026 24:00", "2027-01-01T00:00", null],
    ["2028-02-28T24:00", "2028-02-29T00:00", null],
    ["2028-02-29", "2028-02-29", null],
  ])("%s → %s", (text, iso, offset) => {
    const moment = readMoment(text)!;
    expect([isoMoment(moment), moment.offset]).toEqual([iso, offset]);
  });
  test.each(
    "2026-02-29|2026-02-30T23:30:00Z|2026-13-01|0000-01-01|2026-00-10|31.04.2026|24:01|25:00|12:60|2026-11-22T23:30:60Z|2026-11-22T23:30:00+25:00|2026-11-22T23:30+14:30|2026-11-22T23:30-12:30|15:30Z|15:30+00:00|10:00-12:00|9:5|15.30|1530|20261122|22.11|2026-11|2026-11-22T|2026-11-22Z|1.2.26|11/23/2026|завтра||2026-11-22T25:00".split(
      "|",
    ),
  )("refused: %s", (text) => expect(readMoment(text)).toBeNull());
});

describe("texts", () => {
  const scope: Scope = { inputs: {}, vars: {}, result: {}, call: {}, caller: {}, contact: {}, now: {}, callZone: "Europe/Moscow" };
  const said = (source: string, language: "ru" | "en" = "ru") => evaluate(source, scope, language);
  test.each([
    ["date('2026-12-31T24:00:00')", "первое января"],
    ["date('31.12.2026 24:00')", "первое января"],
    ["date('22.11.2026 23:30Z')", "двадцать третье ноября"],
    ["time('22.11.2026 23:30+00:00')", "два часа тридцать минут"],
    ["shift('28.02.2026', 1440)", "2026-03-01"],
    ["shift('2026-02-28T23:30+03:00', 60)", "2026-03-01T00:30+03:00"],
    ["minutesBetween('31.12.2026 24:00', '2027-01-01')", 0],
    ["money('сто рублей', 'RUB')", "сто рублей"],
  ])("%s", (source, words) => expect(said(source)).toBe(words));
  test.each(
    "date('2026-02-29T23:30:00Z')|date('2026-02-30')|date('2026-13-01')|date('20261122')|date('2026-11')|time('10:00-12:00')|time('15:30Z')|time('25:00')|time('12:60')|time('1530')|shift('2026-02-30', 60)|money('1,25,000', 'RUB')|words('1 25')|count('1,250,50', ['рубль', 'рубля', 'рублей'])|money('$1250', 'USD')|words('1250.')|words('+1250')|words('(1250)')|plural('1,2,3', ['рубль', 'рубля', 'рублей'])".split(
      "|",
    ),
  )("refused with a reason: %s", (source) => {
    for (const language of ["ru", "en"] as const) expect(() => said(source, language)).toThrow(/is not|not a date|two ways/);
  });
});
