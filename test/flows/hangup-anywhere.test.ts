import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fold, type JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { parseConversation } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** Every conversation of every voice template, broken off by a hang-up after each thing the caller does: nothing captured is lost. */
const templates = join(import.meta.dirname, "..", "..", "templates");
const flows = readdirSync(templates, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => ({ folder: join(templates, entry.name), flow: parseFlow(readFileSync(join(templates, entry.name, "flow.json"), "utf8")).flow! }))
  .filter(({ flow }) => flow.kind === "ivr");

/** Keys one at a time, so that the hang-up also comes in the middle of a number; a key that waits for its question goes on waiting for it. */
const keyByKey = (item: object): object[] =>
  "press" in item ? [...(item.press as string)].map((press, index) => (index === 0 ? { ...item, press } : { press })) : [item];

type Config = { saveAs?: string; choices?: { key: string; value: string }[]; validate?: string; confirm?: string; masked?: boolean };

type Keep = (exit: string, typed: string, config: Config, node: string) => unknown;

/** What each kind of input must keep when it is left by an exit; undefined = nothing. */
const keeps: Record<string, Keep> = {
  menu: (exit, _typed, { choices = [] }) => choices.filter((item) => item.key === exit).map((item) => item.value || item.key)[0],
  "collect-digits": (exit, typed, config) => (exit === "ok" || exit === "half" ? collected(exit, typed, config) : undefined),
  record: (exit, _typed, _config, node) => (exit === "next" ? expect.stringContaining(`${node}#`) : undefined),
};

/** A secret is not shown; what is read back ends with the key that says yes and is nothing until then; a telephone number gets its country in front. */
function collected(exit: string, typed: string, { validate, confirm = "no", masked = false }: Config): unknown {
  if (masked) return expect.stringMatching(/^•+$/);
  if (confirm !== "no" && exit === "half") return undefined;
  const number = confirm === "no" ? typed : typed.slice(0, -1);
  return validate === "phone" ? expect.stringMatching(new RegExp(`${number.slice(1).slice(-9)}$`)) : number;
}

/** What must be in the result, told from the caller's keys and the forms of the nodes alone. */
function capturedBy(flow: Flow, journal: readonly JournalLine[]): Record<string, unknown> {
  const captured: Record<string, unknown> = {};
  let typed = "";
  for (const line of journal) {
    if (line.kind === "ask" || line.kind === "attempt") typed = "";
    if (line.kind === "stimulus") typed += digitOf(line);
    if (line.kind === "left") keep(captured, flow, line.node, String(line.data?.["exit"]), typed);
  }
  const last = journal.findLast((line) => line.kind === "entered")?.node ?? "";
  // A number half typed is kept as far as it went.
  if (flow.nodes[last]?.type === "collect-digits" && typed !== "") keep(captured, flow, last, "half", typed);
  return captured;
}

const digitOf = ({ data }: JournalLine): string => (data?.["type"] === "digit" ? String(data["digit"]).replace("#", "") : "");

function keep(captured: Record<string, unknown>, flow: Flow, node: string, exit: string, typed: string): void {
  const found = flow.nodes[node];
  const config = (found?.config ?? {}) as Config;
  const value = keeps[found?.type ?? ""]?.(exit, typed, config, node);
  if (config.saveAs && value !== undefined) captured[config.saveAs] = value;
}

describe.each(flows.map((each) => [each.flow.id, each] as const))("%s", (_id, { folder, flow }) => {
  const demo = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as Record<string, object | undefined>;
  const { inputs = {}, calendars = {}, lists = {}, tables = {}, switches = {} } = demo;
  const brokenAt = new Set<string>();
  test.each(readdirSync(join(folder, "conversations")))("%s", (name) => {
    const source = JSON.parse(readFileSync(join(folder, "conversations", name), "utf8")) as { given?: object; talk: object[] };
    const whole = source.talk.flatMap(keyByKey);
    for (let length = 0; length <= whole.length; length++) {
      const talk = [...whole.slice(0, length), { hangup: true }];
      const parsed = parseConversation({ title: name, given: { inputs, calendars, lists, tables, switches, ...source.given }, talk, expect: {} });
      if ("error" in parsed) throw new Error(parsed.error);
      const run = runConversation(flow, parsed.conversation);
      const hungup = run.journal.findIndex((line) => line.kind === "stimulus" && line.data?.["type"] === "hangup");
      // The flow had ended by itself before.
      if (hungup < 0) continue;
      const before = run.journal.slice(0, hungup);
      expect(run.result.result).toMatchObject(capturedBy(flow, before));
      // A fault nobody handled has ended the call already: the hang-up comes into the apology.
      expect(before.some(({ kind }) => kind === "fault") ? ["caller-hangup", "fault"] : ["caller-hangup"]).toContain(run.result.ended);
      brokenAt.add(fold(before).path.at(-1)?.node ?? "");
    }
  });
  test("calls were really broken off, in several nodes where there are several to be in", () => {
    const waiting = Object.values(flow.nodes).filter((node) => ["menu", "collect-digits", "record", "transfer"].includes(node.type)).length;
    expect(brokenAt.size).toBeGreaterThanOrEqual(Math.min(3, waiting));
  });
});
