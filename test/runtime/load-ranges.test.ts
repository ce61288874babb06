import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { zonesInRanges } from "../../runtime/campaigns/calling-rules/zones/number-ranges.ts";
import { loadRanges } from "../../runtime/campaigns/load-ranges.ts";
import { ConfigError, readConfig } from "../../runtime/config.ts";

const folder = mkdtempSync(join(tmpdir(), "sufler-ranges-"));
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const header = "АВС/ DEF;От;До;Емкость;Оператор;Регион";
/** The letters of Windows-1251 from А on; enough for this. */
const cp1251 = (text: string) =>
  Uint8Array.from([...text], (letter) => {
    const code = letter.codePointAt(0)!;
    return code < 128 ? code : code - 0x410 + 0xc0;
  });

test("files of the registry, UTF-8 or Windows-1251, several at once; what is bad is told", () => {
  const said: string[] = [];
  const one = file("def.csv", `${header}\r\n924;0000000;0009999;10000;X;Приморский край\r\n925;5;1;1;X;Москва\r\n926;0000000;0009999;10000;X;Луна`);
  const two = file("abc.csv", cp1251(`${header}\n343;0000000;9999999;10000000;X;Свердловская обл.`));
  const ranges = loadRanges([one, two], (message) => said.push(message))!;
  expect(zonesInRanges(ranges, "9240000001")).toEqual(["Asia/Vladivostok"]);
  expect(zonesInRanges(ranges, "3432000000")).toEqual(["Asia/Yekaterinburg"]);
  expect(said).toEqual([expect.stringMatching(/^number ranges, line 3: /), expect.stringMatching(/1 ranges have no known Russian region/)]);
});

test("no files, no ranges; a file that is not there or is something else stops with a sentence", () => {
  const log = () => {};
  expect(loadRanges([], log)).toBeNull();
  expect(() => loadRanges([join(folder, "none.csv")], log)).toThrow(/none\.csv cannot be read/);
  expect(() => loadRanges([file("x.csv", "a,b\n1,2")], log)).toThrow(/contain no ranges: the first line must contain the column names/);
});

test("the configuration takes files of ranges and tables of trunks, and names what is wrong with them", () => {
  const config = (values: object, more: object = {}) => readConfig({ SUFLER_CONFIG: file("sufler.config.json", JSON.stringify(values)), ...more });
  const trunk = (outcomes: object[]) => ({ trunks: [{ name: "t", host: "sip.example.com", outcomes }] });
  expect(config(trunk([{ sip: 480, q850: 31, outcome: "congestion" }])).trunks[0]?.outcomes).toEqual([{ sip: 480, q850: 31, outcome: "congestion" }]);
  expect(config({}, { SUFLER_NUMBER_RANGES: "a.csv, b.csv" }).numberRanges).toEqual(["a.csv", "b.csv"]);
  expect(() => config(trunk([{ sip: 480, outcome: "asleep" }]))).toThrow(ConfigError);
  expect(() => config(trunk([{ sip: 480, outcome: "asleep" }]))).toThrow(/trunks\.0\.outcomes\.0\.outcome/);
});
