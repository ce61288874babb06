import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { FindFlow } from "../../flows/compile/unit.ts";
import { parseFlow, type ParsedFlow } from "../../flows/schema/parse-flow.ts";
import { calendarSchema, type Calendar } from "../../flows/schema/calendar.ts";
import { problemWords } from "../../flows/schema/problem-words.ts";
import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { jsonFile } from "./read-arguments.ts";
import { limits } from "../../flows/schema/limits.ts";

/** A flow read from disk; `folder` is where its conversations and demo data are. */
export type FlowFile = { file: string; folder: string; parsed: ParsedFlow };

/** All flow files at a path: the file itself, or every `flow.json` / `*.flow.json` below a folder. Throws with a clear sentence. */
export function findFlows(path: string): FlowFile[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`no such file or folder: ${path}`);
  if (stat.isFile()) return [readFlow(path)];
  const files = walk(path)
    .filter((file) => /(^|[/\\.])flow\.json$/.test(file))
    .sort();
  if (files.length === 0) throw new Error(`no flow.json found in ${path}`);
  return files.map(readFlow);
}

/** One flow file; a malformed one is issues, not a throw. */
export function readFlow(file: string): FlowFile {
  const stat = statSync(file, { throwIfNoEntry: false }) ?? missing(file);
  if (!stat.isFile()) throw new Error(`${file} is a folder: specify one flow file`);
  const { size } = stat;
  if (size > limits.documentBytes) throw new Error(`${file} is larger than 4 MB`);
  return { file: relative(process.cwd(), file) || file, folder: join(file, ".."), parsed: parseFlow(readFileSync(file, "utf8")) };
}

/** The other flows that a flow of these files may play: by id, whatever the version. */
export function findAmong(files: readonly FlowFile[]): FindFlow {
  const byId = new Map(files.flatMap(({ parsed }) => (parsed.flow ? [[parsed.flow.id, parsed.flow] as const] : [])));
  return (id) => byId.get(id) ?? null;
}

/** All flows in the folder of a file: what it may play. */
export const neighbours = (folder: string): FindFlow =>
  findAmong(
    walk(folder)
      .filter((file) => /(^|[/\\.])flow\.json$/.test(file))
      .map(readFlow),
  );

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** The demo data of a template (`demo.json`) for its conversations; empty if there is none. */
export type DemoData = {
  inputs: Record<string, never>;
  calendars: Record<string, Calendar>;
  lists: Record<string, string[]>;
  /** Rows of each table by key. */
  tables: Record<string, Record<string, Record<string, never>>>;
  switches: Record<string, boolean>;
};

/** The demo data of the template in this folder. */
export function demoOf(folder: string): DemoData {
  const file = join(folder, "demo.json");
  const demo = statSync(file, { throwIfNoEntry: false }) ? (jsonFile(file) as Partial<DemoData>) : {};
  const calendars = Object.fromEntries(Object.entries(demo.calendars ?? {}).map(([name, value]) => [name, calendarOf(file, name, value)]));
  return { inputs: demo.inputs ?? {}, calendars, lists: demo.lists ?? {}, tables: demo.tables ?? {}, switches: demo.switches ?? {} };
}

function calendarOf(file: string, name: string, value: unknown): Calendar {
  const read = calendarSchema.safeParse(value);
  if (read.success) return read.data;
  const first = read.error.issues[0]!;
  throw new Error(`${file}: ${problemWords({ ...first, path: ["calendars", name, ...first.path] }, "en")}`);
}

/** A conversation from a file, completed with the demo data of its template. Throws with the file and the place. */
export function conversationOf(file: string, demo: DemoData): Conversation {
  const value = jsonFile(file) as { given?: object } | null;
  const whole = typeof value === "object" && value !== null ? { ...value, given: { ...demo, ...value.given } } : value;
  const parsed = parseConversation(whole);
  if ("error" in parsed) throw new Error(`${file}: ${parsed.error}`);
  return parsed.conversation;
}

function missing(path: string): never {
  throw new Error(`no such file or folder: ${path}`);
}

/** Conversation files next to a flow, by name. */
export function conversationFiles(folder: string): string[] {
  const path = join(folder, "conversations");
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(path, name));
}
