import { parseArgs } from "node:util";
import { z } from "zod";
import type { Flow } from "../../flows/schema/flow.ts";
import { inputProblems } from "../../flows/schema/input-value.ts";
import { valueSchema, type Value } from "../../flows/schema/values.ts";
import { conversationSchema, type Conversation, type TalkItem } from "../../flows/simulate/conversation.ts";
import { runConversation, type ConversationRun } from "../../flows/simulate/run-conversation.ts";
import { conversationOf, demoOf, neighbours, readFlow, type DemoData } from "./flow-files.ts";
import { instantOf, languageOf, mapOf, oneOf } from "./read-arguments.ts";

/** `sufler call <flow>`: runs one simulated call and prints its course. */
export const command = {
  usage: 'call <flow.json> [--keys "1,wait 6,2#,hangup"] [--conversation file] [--now ISO] [--caller number] [--inputs JSON] [--lang ru|en] [--json]',
  examples: [
    'call templates/main-menu/flow.json --keys "1"',
    'call templates/main-menu/flow.json --keys "wait 2,1#,hangup" --now 2026-11-23T10:00:00+03:00 --caller +79990000001',
    `call templates/main-menu/flow.json --inputs '{"company":"Acme"}' --lang en`,
    "call templates/main-menu/flow.json --conversation templates/main-menu/conversations/01-hours-and-address.json --json",
  ],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        keys: { type: "string" },
        conversation: { type: "string" },
        json: { type: "boolean" },
        caller: { type: "string" },
        now: { type: "string" },
        inputs: { type: "string" },
        lang: { type: "string" },
      },
    });
    const file = oneOf(positionals, "a flow file");
    const { parsed, folder } = readFlow(file);
    if (!parsed.flow) {
      for (const issue of parsed.issues) console.error(`error ${issue.message.en}`);
      return 1;
    }
    const conversation = values.conversation
      ? conversationOf(values.conversation, demoOf(folder))
      : fromKeys(values.keys ?? "", demoOf(folder), values, parsed.flow);
    const run = runConversation(parsed.flow, conversation, { find: neighbours(folder) });
    if (values.json) console.log(JSON.stringify(summary(run), null, 2));
    else print(run);
    return run.failures.length > 0 ? 1 : 0;
  },
};

type Values = { caller?: string; now?: string; inputs?: string; lang?: string };

function fromKeys(keys: string, demo: DemoData, values: Values, flow: Flow): Conversation {
  const talk = keys
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean)
    .map(talkItem);
  const language = languageOf(values.lang, undefined);
  const given = {
    ...demo,
    inputs: { ...demo.inputs, ...inputsOf(values.inputs, flow) },
    ...(values.caller ? { caller: values.caller } : {}),
    ...(language ? { language } : {}),
    now: values.now === undefined ? new Date().toISOString() : instantOf("--now", values.now, zone),
  };
  return conversationSchema.parse({ title: "from the command line", given, talk, expect: {} });
}

/** Times without an offset are of this zone, as in a conversation that names none. */
const zone = "Europe/Moscow";

function inputsOf(json: string | undefined, flow: Flow): Record<string, Value> {
  const inputs = z.record(z.string(), valueSchema).parse(mapOf("--inputs", json ?? "{}"));
  const unknown = Object.keys(inputs).find((name) => !Object.hasOwn(flow.inputs, name));
  if (unknown !== undefined) throw new Error(`--inputs: the flow has no input "${unknown}"; its inputs: ${Object.keys(flow.inputs).join(", ") || "none"}`);
  const wrong = inputProblems(flow.inputs, inputs)[0];
  if (wrong) throw new Error(`--inputs: ${wrong.message.en}`);
  return inputs;
}

/** "1" and "2#" press once the question is asked, "wait 6" waits seconds (then the next key comes at once), "silence", "hangup", "say 3" speaks. */
function talkItem(item: string, index: number, all: string[]): TalkItem {
  const [word = "", seconds] = item.split(/\s+/);
  if (/^[0-9*#]+$/.test(item)) return /^wait\b/.test(all[index - 1] ?? "") ? { press: item } : { press: item, when: "asked" };
  if (word === "hangup") return { hangup: true };
  if (word === "silence") return { silence: true };
  if (word === "wait" && Number(seconds) >= 0) return { wait: Number(seconds) };
  if (word === "say" && Number(seconds) > 0) return { say: "…", seconds: Number(seconds) };
  throw new Error(`--keys: "${item}" is not digits, "wait N", "say N", "silence" or "hangup"`);
}

function summary(run: ConversationRun) {
  const { ended, outcome, result } = run.result;
  const path = run.result.path.map(({ node, exit }) => ({ node, exit }));
  const said = run.result.said.map(({ node, prompt, text }) => ({ node, prompt, text }));
  return { ended, outcome, path, said, result, vars: run.vars, ...(run.failures.length > 0 ? { failures: run.failures } : {}) };
}

function print(run: ConversationRun): void {
  for (const line of run.journal) {
    if (line.kind === "heard") console.log(`  ${line.node}: ${String(line.data?.["text"])}`);
    if (line.kind === "stimulus") console.log(`> ${JSON.stringify(line.data)}`);
    if (line.kind === "attempt" || line.kind === "fault") console.log(`! ${line.node}: ${JSON.stringify(line.data)}`);
  }
  for (const failure of run.failures) console.log(`✗ ${failure}`);
  console.log(`${run.result.ended} · ${run.result.outcome ?? "no outcome"} · ${run.result.path.map((visit) => visit.node).join(" → ")}`);
  if (Object.keys(run.result.result).length > 0) console.log(JSON.stringify(run.result.result));
}
