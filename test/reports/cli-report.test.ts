import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { JournalLine } from "../../flows/result.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { playersOf } from "../../flows/simulate/player.ts";
import { performTalk } from "../../flows/simulate/run-conversation.ts";
import { run } from "../journeys/process.ts";

/** `sufler report`: totals of journals in files. */
const root = join(import.meta.dirname, "..", "..");
const example = join(root, "docs", "examples", "main-menu.flow.json");
const report = (...args: string[]) => run(join(root, "bin", "sufler.mjs"), ["report", ...args], {});
type Report = {
  calls: number;
  repeated: number;
  unread: string[];
  ways: { key: string; calls: number }[];
  reasons: { key: { reason: string } | null; title: { ru: string } | null; calls: number }[];
};

/** A call of the example: a key at the menu, or a hang-up there. */
function journalOf(press: string | null): JournalLine[] {
  const player = playersOf(parseFlow(JSON.parse(readFileSync(example, "utf8"))).flow!)(conversationSchema.parse({ title: "", talk: [], expect: {} }).given);
  performTalk(player, [{ wait: 12 }, press === null ? { hangup: true } : { press }]);
  while (!player.done && player.advanceOne());
  return [...player.journal];
}
const lineOf = (call: string, press: string | null, flow?: string) =>
  JSON.stringify({ call, ...(flow === undefined ? {} : { flow }), lines: journalOf(press) });

test("many files are one report; a call that came twice counts once; what cannot be read is told by line and not counted", async () => {
  const where = mkdtempSync(join(tmpdir(), "sufler-report-"));
  const [first, second, one] = ["first.ndjson", "second.jsonl", "one.json"].map((name) => join(where, name)) as [string, string, string];
  writeFileSync(first, `${lineOf("a", "1")}\n\n${lineOf("b", null)}\nnot json\n{"lines": 5}\n`);
  writeFileSync(second, `${lineOf("b", null)}\n${lineOf("c", "1", "main-menu")}\n${lineOf("d", "1", "other")}`);
  writeFileSync(one, JSON.stringify(journalOf("1"), null, 2));
  const found = await report(first, second, one, "--flow", example, "--json");
  expect(found.code).toBe(1);
  const cut = found.output.lastIndexOf("\n}");
  const read = JSON.parse(found.output.slice(found.output.indexOf("{"), cut + 2)) as Report;
  expect(read).toMatchObject({ calls: 4, repeated: 1 });
  expect(read.unread).toEqual([
    expect.stringMatching(/first\.ndjson:4: not valid JSON/),
    expect.stringMatching(/first\.ndjson:5: not a call journal/),
    expect.stringMatching(/second\.jsonl:3: was handled by "other"/),
  ]);
  expect(read.reasons.map(({ key, calls }) => [key?.reason ?? null, calls])).toEqual([
    ["choose:1", 3],
    [null, 1],
  ]);
  expect(Object.fromEntries(read.ways.filter((row) => row.calls > 0).map((row) => [row.key, row.calls]))).toEqual({ deflected: 3, left: 1 });
});

test("a folder, in the words of the reader; without the flow it says what to name", async () => {
  const where = mkdtempSync(join(tmpdir(), "sufler-report-"));
  writeFileSync(join(where, "calls.jsonl"), `${lineOf("a", "1")}\n${lineOf("b", null)}\n`);
  const russian = await report(where, "--flow", example, "--lang", "ru");
  expect(russian.code).toBe(0);
  expect(russian.output).toContain("Звонков: 2");
  expect(russian.output).toMatch(/Причина не названа +1 +50,0 %/);
  expect((await report(where, "--flow", example)).output).toMatch(/No reason given +1 +50\.0 %/);
  expect(await report(where)).toMatchObject({ code: 2, output: expect.stringContaining("--flow: specify the flow") });
  expect(await report(where, "--flow", example, "--lang", "de")).toMatchObject({ code: 2, output: expect.stringContaining("--lang: ru or en") });
  expect(await report(join(where, "none.jsonl"), "--flow", example)).toMatchObject({ code: 2, output: expect.stringContaining("no such file or folder") });
});
