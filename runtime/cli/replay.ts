import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { JournalLine } from "../../flows/result.ts";
import { replayer, type Replayed } from "../../flows/simulate/replay.ts";
import { neighbours, readFlow } from "./flow-files.ts";
import { counted } from "./plain-words.ts";
import { journalsIn } from "./read-journals.ts";
import { oneOf } from "./read-arguments.ts";

/** `sufler replay <calls> --on <draft>`: recorded calls on another version of the flow; lists what changes. */
export const command = {
  usage: "replay <journals.jsonl|call.json|folder> --on <flow.json> [--json]",
  examples: ["replay calls.jsonl --on templates/main-menu/flow.json"],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { on: { type: "string" }, json: { type: "boolean" } } });
    const path = oneOf(positionals, "a file or folder with call journals");
    if (!values.on) throw new Error("--on: specify the flow to replay them on");
    const { parsed, folder } = readFlow(values.on);
    if (!parsed.flow) throw new Error(parsed.issues[0]?.message.en ?? `${values.on} is not a flow`);
    const replay = replayer(parsed.flow, { find: neighbours(folder) });
    const calls = filesIn(path).flatMap(journalsIn);
    if (calls.length === 0) throw new Error(`no journals found in ${path}`);
    const replayed = calls.map(({ name, journal }) => ({ name, ...guarded(replay, journal) }));
    const changed = replayed.filter((call) => call.changed);
    if (values.json)
      console.log(
        JSON.stringify(
          { calls: calls.length, changed: changed.length, changes: changed.map(({ name, differences }) => ({ call: name, differences })) },
          null,
          2,
        ),
      );
    else print(calls.length, changed);
    return changed.length > 0 ? 1 : 0;
  },
};

function filesIn(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`no such file or folder: ${path}`);
  if (stat.isFile()) return [path];
  return readdirSync(path)
    .filter((name) => /\.jsonl?$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** A journal that cannot be played is a change, not the end of the replay. */
function guarded(replay: ReturnType<typeof replayer>, journal: JournalLine[]): Pick<Replayed, "changed" | "differences"> {
  try {
    return replay(journal);
  } catch (error) {
    return { changed: true, differences: [{ what: "fault", name: "replay", before: null, after: error instanceof Error ? error.message : String(error) }] };
  }
}

function print(all: number, changed: { name: string; differences: Replayed["differences"] }[]): void {
  for (const { name, differences } of changed) {
    console.log(name);
    for (const { what, name: of, before, after } of differences) {
      const subject = what === of || what === "said" || what === "fault" ? of : `${what} ${of}`;
      console.log(`    ${subject}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`);
    }
  }
  console.log(`${counted(all, "call")} replayed, ${changed.length} would go differently`);
}
