import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { conversationSchema, parseConversation, type Conversation, type TalkItem } from "../../flows/simulate/conversation.ts";
import { runConversation, type ConversationRun } from "../../flows/simulate/run-conversation.ts";
import { demoOf, neighbours, readFlow } from "./flow-files.ts";

/** `sufler call <flow>`: plays one simulated call and prints what happened. */
export const command = {
  usage: 'call <flow.json> [--keys "1,wait 6,2#,hangup"] [--conversation file] [--now ISO] [--caller number] [--inputs JSON] [--json]',
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
      },
    });
    const [file] = positionals;
    if (!file) throw new Error("name a flow file");
    const { parsed, folder } = readFlow(file);
    if (!parsed.flow) {
      for (const issue of parsed.issues) console.error(`error ${issue.message.en}`);
      return 1;
    }
    const conversation = values.conversation ? fromFile(values.conversation) : fromKeys(values.keys ?? "", folder, values);
    const run = runConversation(parsed.flow, conversation, { find: neighbours(folder) });
    if (values.json) console.log(JSON.stringify(summary(run), null, 2));
    else print(run);
    return run.failures.length > 0 ? 1 : 0;
  },
};

function fromFile(file: string): Conversation {
  const parsed = parseConversation(JSON.parse(readFileSync(file, "utf8")));
  if ("error" in parsed) throw new Error(`${file}: ${parsed.error}`);
  return parsed.conversation;
}

function fromKeys(keys: string, folder: string, values: { caller?: string; now?: string; inputs?: string }): Conversation {
  const talk = keys
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean)
    .map(talkItem);
  const demo = demoOf(folder);
  const given = {
    ...demo,
    inputs: { ...demo.inputs, ...inputsOf(values.inputs) },
    ...(values.caller ? { caller: values.caller } : {}),
    now: values.now ?? new Date().toISOString(),
  };
  return conversationSchema.parse({ title: "from the command line", given, talk, expect: {} });
}

function inputsOf(json: string | undefined): Record<string, never> {
  try {
    return JSON.parse(json ?? "{}") as Record<string, never>;
  } catch {
    throw new Error(`--inputs is not JSON: ${json}`);
  }
}

/** "1" and "2#" press once the question is asked, "wait 6" waits seconds (then the next key comes at once), "silence", "hangup", "say 3" speaks. */
function talkItem(item: string, index: number, all: string[]): TalkItem {
  const [word = "", seconds] = item.split(/\s+/);
  if (/^[0-9*#]+$/.test(item)) return /^wait\b/.test(all[index - 1] ?? "") ? { press: item } : { press: item, when: "asked" };
  if (word === "hangup") return { hangup: true };
  if (word === "silence") return { silence: true };
  if (word === "wait" && Number(seconds) >= 0) return { wait: Number(seconds) };
  if (word === "say" && Number(seconds) > 0) return { say: "…", seconds: Number(seconds) };
  throw new Error(`--keys: "${item}" is neither keys nor "wait N", "say N", "silence", "hangup"`);
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
