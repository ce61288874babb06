import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { russianRegion } from "../../flows/nodes/caller-info/russian-regions.ts";
import { jurisdictionsOf } from "../../runtime/campaigns/calling-rules/jurisdictions.ts";
import { countryZones } from "../../runtime/campaigns/calling-rules/zones/country-zones.ts";
import { readNumberRanges, zonesInRanges } from "../../runtime/campaigns/calling-rules/zones/number-ranges.ts";
import { numberZones } from "../../runtime/campaigns/calling-rules/zones/number-zones.ts";
import { russianZones, zonesOfRegion } from "../../runtime/campaigns/calling-rules/zones/russian-zones.ts";

const now = Date.parse("2026-11-24T09:00:00Z");
const sample = [
  "АВС/ DEF;От;До;Емкость;Оператор;Регион",
  '900;0000000;0061999;62000;"ООО «Связь»";Краснодарский край',
  "924;1000000;1009999;10000;Связь;Приморский край",
  "924;1010000;1019999;10000;Связь;г. Хабаровск|Хабаровский край",
  "343;2000000;2999999;1000000;Связь;Свердловская обл.",
  "495;0000000;9999999;10000000;Связь;г. Москва и Московская область",
  "958;0000000;0009999;10000;Связь;Российская Федерация",
].join("\r\n");
const { ranges } = readNumberRanges(sample);
const zones = (number: string, more: { own?: string; ranges?: typeof ranges | null } = {}) =>
  numberZones({ number, own: more.own ?? "", country: "RU", ranges: more.ranges ?? null, at: now });

describe("zones of a number", () => {
  test("a Russian mobile may be anywhere in Russia, not in Moscow alone", () => {
    expect(zones("+79241000001")).toEqual(russianZones);
    expect(russianZones).toHaveLength(11);
  });
  test.each<[string, string, string[]]>([
    ["Yekaterinburg", "+73432000000", ["Asia/Yekaterinburg"]],
    ["Vladivostok", "+74232000000", ["Asia/Vladivostok"]],
    ["Moscow", "+74951234567", ["Europe/Moscow"]],
    ["Kaliningrad", "+74012000000", ["Europe/Kaliningrad"]],
    ["Yakutia has three", "+74112000000", ["Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan"]],
    ["Kazakhstan", "+77010000001", ["Asia/Almaty"]],
    ["Belarus", "+375291234567", ["Europe/Minsk"]],
    ["Britain", "+447400000000", ["Europe/London"]],
    ["Germany", "+4915112345678", ["Europe/Berlin"]],
    ["France", "+33612345678", ["Europe/Paris"]],
    ["New York", "+12125552368", ["America/New_York"]],
    ["Texas has two", "+19155552368", ["America/Chicago", "America/Denver"]],
    ["Toronto's province", "+14165552368", ["America/Toronto", "America/Winnipeg", "America/Atikokan"]],
  ])("%s", (_name, number, expected) => expect(zones(number)).toEqual(expected));

  test("the contact's own zone wins over everything", () => expect(zones("+74951234567", { own: "Asia/Omsk", ranges })).toEqual(["Asia/Omsk"]));
  test.each<[string, string, readonly string[]]>([
    ["a mobile range in the Far East", "+79241000001", ["Asia/Vladivostok"]],
    ["the last number of a range", "+79241019999", ["Asia/Vladivostok"]],
    ["one past the last", "+79241020000", russianZones],
    ["the first number of a range", "+79000000000", ["Europe/Moscow"]],
    ["a range of the whole country", "+79580000001", russianZones],
    ["two regions of one zone", "+74951234567", ["Europe/Moscow"]],
  ])("ranges: %s", (_name, number, expected) => expect(zones(number, { ranges })).toEqual(expected));

  test("toll-free numbers of America: every zone of the country", () => expect(zones("+18005550100").length).toBeGreaterThan(5));
  test("a number nobody knows belongs to the country of the house", () => expect(zones("112")).toEqual(russianZones));

  test("every region that an area code names has a zone", () => {
    const codes = Array.from({ length: 700 }, (_, index) => String(300 + index));
    const regions = [...new Set(codes.map((code) => russianRegion(`${code}0000000`).ru).filter((name) => name !== ""))];
    expect(regions.length).toBeGreaterThan(70);
    expect(regions.filter((name) => zonesOfRegion(name).length === 0)).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ["Республика Саха /Якутия/", ["Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan"]],
    ["Ямало-Ненецкий АО", ["Asia/Yekaterinburg"]],
    ["Ненецкий автономный округ", ["Europe/Moscow"]],
    ["Ханты-Мансийский Автономный округ - Югра АО", ["Asia/Yekaterinburg"]],
    ["Республика Алтай", ["Asia/Novosibirsk"]],
    ["Кемеровская область - Кузбасс обл.", ["Asia/Novosibirsk"]],
    ["г. Санкт-Петербург и Ленинградская область", ["Europe/Moscow"]],
    ["Самарская обл. и Омская обл.", ["Europe/Samara", "Asia/Omsk"]],
    ["Атлантида", []],
  ])("region %s", (text, expected) => expect(zonesOfRegion(text)).toEqual(expected));

  test("clocks of a country that never differ are one zone", () => {
    expect(countryZones("US", now).length).toBeLessThan(12);
    expect(countryZones("FR", now)).toEqual(["Europe/Paris"]);
    expect(countryZones("??", now)).toEqual([]);
  });

  test("a state is presumed from the area code", () => {
    expect(jurisdictionsOf("+13055552368", "RU")).toEqual(["*", "US", "US-FL"]);
    expect(jurisdictionsOf("+18005552368", "RU")).toEqual(["*", "US"]);
    expect(jurisdictionsOf("100", "RU")).toEqual(["*", "RU"]);
  });
});

describe("the registry of ranges", () => {
  test("bad rows are errors with their line; the good ones stay", () => {
    const read = readNumberRanges(
      [
        "АВС/ DEF;От;До;Емкость;Оператор;Регион",
        "9x0;0000000;0000009;10;X;Москва",
        "900;0000010;0000005;1;X;Москва",
        "900;1;2;2;X;Москва",
        "901;0000000;0000009;10;X;Атлантида",
      ].join("\n"),
    );
    expect(read.errors.map((error) => error.line)).toEqual([2, 3, 4]);
    expect(read).toMatchObject({ unknownRegions: 1, ranges: { count: 1 } });
    expect(zonesInRanges(read.ranges, "9010000003")).toEqual(russianZones);
  });
  test("overlapping ranges are told, and have the zones of both", () => {
    const read = readNumberRanges(
      ["АВС/ DEF;От;До;Емкость;Оператор;Регион", "900;0000000;0000009;10;X;Москва", "900;0000005;0000015;10;X;Томская обл."].join("\n"),
    );
    expect(read.errors[0]?.reason).toMatch(/overlap at \+79000000005/);
    expect(zonesInRanges(read.ranges, "9000000002")).toEqual(["Europe/Moscow", "Asia/Novosibirsk"]);
    expect(read.ranges.count).toBe(1);
  });
  test("a file that is something else says what it needs", () => {
    expect(readNumberRanges("a,b\n1,2").errors[0]).toMatchObject({ line: 1, reason: expect.stringContaining("АВС/ DEF;От;До") });
  });
  test("any text is read without a throw, and every range found is found again", () => {
    const cell = fc.constantFrom("900", "924", "0000000", "0000999", "0500000", "Москва", "Томская обл.", "", "x", '"');
    const line = fc.array(cell, { minLength: 3, maxLength: 7 }).map((cells) => cells.join(";"));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.boolean(), (lines, headed) => {
        const read = readNumberRanges([...(headed ? ["АВС/ DEF;От;До;Емкость;Оператор;Регион"] : []), ...lines].join("\n"));
        for (let index = 0; index < read.ranges.count; index++) {
          expect(read.ranges.from[index]! <= read.ranges.to[index]!).toBe(true);
          expect(zonesInRanges(read.ranges, String(read.ranges.from[index])).length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
