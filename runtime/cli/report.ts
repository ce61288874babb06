import { createReadStream, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { callFacts } from "../../flows/reports/call-facts.ts";
import { reportText } from "../../flows/reports/report-text.ts";
import { tally, type Tally } from "../../flows/reports/tally.ts";
import { namedTotals } from "../../flows/reports/named-totals.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { findAmong, findFlows } from "./flow-files.ts";
import { counted } from "./plain-words.ts";
import { callIn } from "./read-journals.ts";
import { languageOf } from "./read-arguments.ts";
import { readLines } from "./read-lines.ts";

const longestLine = 64 * 1024 * 1024;
const mostBytes = 256 * 1024 * 1024;
const mostTold = 20;

/** `sufler report <journals> --flow <flow>`: totals of recorded calls that add up. */
export const command = {
  usage: "report <journals.jsonl|call.json|folder|-> … --flow <flow.json|folder> [--json] [--lang ru|en]",
  examples: ["report calls.jsonl --flow templates/main-menu/flow.json --lang ru"],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { flow: { type: "string", multiple: true }, json: { type: "boolean" }, lang: { type: "string" } },
    });
    const language = languageOf(values.lang, "en");
    if (positionals.length === 0) throw new Error("specify files or folders with call journals, or - for standard input");
    const { flows, find } = flowsAt(values.flow ?? []);
    const state: State = { flows, find, tally: tally(), seen: new Set(), repeated: 0, unread: [] };
    for (const path of positionals.flatMap(filesIn)) await readFile(path, state);
    const totals = namedTotals(state.tally.cells(), (id) => flows.get(id) ?? null, find);
    const { repeated, unread } = state;
    if (values.json) console.log(JSON.stringify({ ...totals, repeated, unread }, null, 2));
    else console.log(reportText(totals, language));
    if (repeated > 0) console.error(`${counted(repeated, "call")} appeared twice and counted once`);
    for (const reason of unread.slice(0, mostTold)) console.error(reason);
    if (unread.length > 0) console.error(`${counted(unread.length, "call")} could not be read and did not count`);
    return unread.length > 0 ? 1 : 0;
  },
};

type Flows = ReadonlyMap<string, Flow>;
type State = { flows: Flows; find: ReturnType<typeof findAmong>; tally: Tally; seen: Set<string>; repeated: number; unread: string[] };

function flowsAt(paths: readonly string[]): Pick<State, "flows" | "find"> {
  if (paths.length === 0)
    throw new Error(
      "--flow: specify the flow that handled the calls, or a folder with all flows. It defines which nodes ask for the call reason and which look for an operator",
    );
  const files = paths.flatMap(findFlows);
  const broken = files.find(({ parsed }) => !parsed.flow);
  if (broken) throw new Error(`${broken.file}: ${broken.parsed.issues[0]?.message.en ?? "no flow"}`);
  return { flows: new Map(files.flatMap(({ parsed }) => (parsed.flow ? [[parsed.flow.id, parsed.flow] as const] : []))), find: findAmong(files) };
}

function filesIn(path: string): string[] {
  if (path === "-") return [path];
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`no such file or folder: ${path}`);
  if (!found.isDirectory()) return [path];
  const files = readdirSync(path).filter((name) => /\.(json|jsonl|ndjson)$/.test(name));
  if (files.length === 0) throw new Error(`no .json, .jsonl or .ndjson files found in ${path}`);
  return files.sort().map((name) => join(path, name));
}

/** One call per line, or a file with one call; an unreadable call is reported, and reading continues. */
async function readFile(path: string, state: State): Promise<void> {
  const input: AsyncIterable<Buffer> = path === "-" ? process.stdin : createReadStream(path);
  const whole = path.endsWith(".json");
  if (whole && statSync(path).size > mostBytes) throw new Error(`${path} is larger than 256 MB: put one call on each line (.jsonl)`);
  const lines: string[] = [];
  for await (const line of readLines(input, longestLine)) {
    const where = `${path}:${line.number}`;
    if ("tooLong" in line) state.unread.push(`${where}: longer than 64 MB`);
    else if (whole) lines.push(line.text);
    else if (line.text.trim() !== "") attempt(line.text, where, state);
  }
  if (whole) attempt(lines.join("\n"), path, state);
}

function attempt(text: string, where: string, state: State): void {
  try {
    count(text, where, state);
  } catch (error) {
    state.unread.push(error instanceof Error ? error.message : String(error));
  }
}

function count(text: string, where: string, state: State): void {
  const { call, flow: id, journal } = callIn(text, where);
  const refused = id === "" || journal.some((line) => line.data?.["refused"] !== undefined);
  const flow = refused ? null : flowOf(id, where, state.flows);
  if (call !== undefined && state.seen.has(call)) return void state.repeated++;
  if (call !== undefined) state.seen.add(call);
  state.tally.add({ ...callFacts(flow, journal, state.find), flow: flow?.id ?? "" });
}

/** The flow that a call names, or the only one there is. */
function flowOf(id: string | undefined, where: string, flows: Flows): Flow {
  const flow = id !== undefined ? flows.get(id) : flows.size === 1 ? [...flows.values()][0] : undefined;
  if (flow) return flow;
  throw new Error(
    `${where}: ${id === undefined ? "does not say which flow handled it: specify one --flow" : `was handled by "${id}", which is not in --flow`}`,
  );
}
