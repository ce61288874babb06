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

/** Keys one at a time, so that the hang-up also comes in the middle of a number. */
const keyByKey = (item: object): object[] => ("press" in item ? [...(item.press as string)].map((press) => ({ press })) : [item]);

type Config = { saveAs?: string; choices?: { key: string; value: string }[] };

/** What must be in the result, told from the caller's keys and the forms of the nodes alone. */
function capturedBy(flow: Flow, journal: readonly JournalLine[]): Record<string, unknown> {
  const captured: Record<string, unknown> = {};
  let typed = "";
  for (const { node, kind, data } of journal) {
    if (kind === "ask" || kind === "attempt") typed = "";
    if (kind === "stimulus" && data?.["type"] === "digit") typed += String(data["digit"]).replace("#", "");
    const { type, config } = flow.nodes[node] ?? { type: "", config: {} };
    const { saveAs, choices = [] } = config as Config;
    const exit = String(data?.["exit"] ?? "");
    if (kind !== "left" || !saveAs) continue;
    const choice = choices.find((item) => item.key === exit);
    if (type === "menu" && choice) captured[saveAs] = choice.value || choice.key;
    if (type === "collect-digits" && exit === "ok") captured[saveAs] = typed;
    if (type === "record" && exit === "next") captured[saveAs] = expect.stringContaining(`${node}#`);
  }
  const last = journal.findLast((line) => line.kind === "entered")?.node ?? "";
  const { type, config } = flow.nodes[last] ?? { type: "", config: {} };
  // A number half typed is kept as far as it went.
  if (type === "collect-digits" && typed !== "") captured[(config as Config).saveAs!] = typed;
  return captured;
}

describe.each(flows.map((each) => [each.flow.id, each] as const))("%s", (_id, { folder, flow }) => {
  const demo = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as { inputs?: object; calendars?: object; lists?: object };
  const { inputs = {}, calendars = {}, lists = {} } = demo;
  const brokenAt = new Set<string>();
  test.each(readdirSync(join(folder, "conversations")))("%s", (name) => {
    const source = JSON.parse(readFileSync(join(folder, "conversations", name), "utf8")) as { given?: object; talk: object[] };
    const whole = source.talk.flatMap(keyByKey);
    for (let length = 0; length <= whole.length; length++) {
      const talk = [...whole.slice(0, length), { hangup: true }];
      const parsed = parseConversation({ title: name, given: { inputs, calendars, lists, ...source.given }, talk, expect: {} });
      if ("error" in parsed) throw new Error(parsed.error);
      const run = runConversation(flow, parsed.conversation);
      const hungup = run.journal.findIndex((line) => line.kind === "stimulus" && line.data?.["type"] === "hangup");
      // The flow had ended by itself before.
      if (hungup < 0) continue;
      const before = run.journal.slice(0, hungup);
      expect(run.result.result).toMatchObject(capturedBy(flow, before));
      expect(run.result.ended).toBe("caller-hangup");
      brokenAt.add(fold(before).path.at(-1)?.node ?? "");
    }
  });
  test("calls were really broken off, in several nodes where there are several to be in", () => {
    const waiting = Object.values(flow.nodes).filter((node) => ["menu", "collect-digits", "record", "transfer"].includes(node.type)).length;
    expect(brokenAt.size).toBeGreaterThanOrEqual(Math.min(3, waiting));
  });
});
