import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { JournalLine } from "../../flows/result.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { playersOf } from "../../flows/simulate/player.ts";
import { performTalk } from "../../flows/simulate/run-conversation.ts";
import { run } from "../journeys/process.ts";

/** Missing paths, random callers and replayed calls on the command line. */
const root = join(import.meta.dirname, "..", "..");
const example = join(root, "docs", "examples", "main-menu.flow.json");
const sufler = (...args: string[]) => run(join(root, "bin", "sufler.mjs"), args, {});
const folder = () => mkdtempSync(join(tmpdir(), "sufler-simulate-"));
type Document = { nodes: Record<string, { exits: Record<string, string> }> };
const exampleDocument = (): Document => JSON.parse(readFileSync(example, "utf8")) as Document;

/** A call of the example in which this key was pressed at the menu. */
function journalOf(press: string): JournalLine[] {
  const { flow } = parseFlow(exampleDocument());
  const player = playersOf(flow!)(conversationSchema.parse({ title: "", talk: [], expect: {} }).given);
  performTalk(player, [{ wait: 12 }, { press }]);
  while (!player.done && player.advanceOne());
  return [...player.journal];
}

test("paths writes conversations that pass as tests and leave nothing uncovered; with --new there is nothing left to find", async () => {
  const where = folder();
  cpSync(example, join(where, "flow.json"));
  const found = await sufler("paths", join(where, "flow.json"), "--out", join(where, "conversations"));
  expect(found).toMatchObject({ code: 0, output: expect.stringContaining("0 places without a path") });
  const tested = await sufler("test", where, "--coverage", "--json");
  expect(JSON.parse(tested.output)).toMatchObject({ failed: 0, coverage: { nodes: 1, exits: 1 } });
  const again = JSON.parse((await sufler("paths", join(where, "flow.json"), "--new", "--json")).output) as { conversations: unknown[] };
  expect(again.conversations).toEqual([]);
});

test("explore: the same seed gives the same report, another one another; personas of one's own", async () => {
  const explore = (...more: string[]) => sufler("explore", example, "--callers", "60", "--json", ...more);
  const [first, second, third] = [await explore("--seed", "7"), await explore("--seed", "7"), await explore("--seed", "8")];
  expect(first.code).toBe(0);
  expect(second.output).toBe(first.output);
  expect(third.output).not.toBe(first.output);
  const file = join(folder(), "personas.json");
  writeFileSync(file, JSON.stringify([{ name: "mute", silence: 1, hangup: 0 }]));
  expect((await sufler("explore", example, "--callers", "5", "--personas", file)).output).toContain("mute");
  writeFileSync(file, JSON.stringify([{ name: "mute", silence: 7 }]));
  expect(await sufler("explore", example, "--personas", file)).toMatchObject({ code: 2, output: expect.stringContaining("0.silence") });
  expect(await explore("--callers", "0")).toMatchObject({ code: 2, output: expect.stringContaining("--callers") });
});

test("replay: nothing changes on the same flow; on another one the calls that would go otherwise are named", async () => {
  const where = folder();
  const calls = join(where, "calls.jsonl");
  const keys = ["1", "9"];
  writeFileSync(calls, keys.map((key) => `${JSON.stringify({ call: `call-${key}`, lines: journalOf(key) })}\n`).join(""));
  expect(JSON.parse((await sufler("replay", calls, "--on", example, "--json")).output)).toEqual({ calls: 2, changed: 0, changes: [] });
  const draft = exampleDocument();
  draft.nodes["choose"]!.exits["1"] = draft.nodes["choose"]!.exits["noInput"] ?? draft.nodes["choose"]!.exits["error"]!;
  writeFileSync(join(where, "draft.json"), JSON.stringify(draft));
  const changed = await sufler("replay", calls, "--on", join(where, "draft.json"), "--json");
  expect(changed.code).toBe(1);
  expect(JSON.parse(changed.output)).toMatchObject({ calls: 2, changed: 1, changes: [{ call: "call-1", differences: expect.any(Array) }] });
  writeFileSync(calls, "{ not json\n");
  expect(await sufler("replay", calls, "--on", example)).toMatchObject({ code: 2, output: expect.stringContaining("calls.jsonl:1") });
});
