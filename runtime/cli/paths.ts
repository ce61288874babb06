import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findPaths, type PathProgress } from "../../flows/simulate/paths.ts";
import { startsOf } from "./conversations-of.ts";
import { neighbours, readFlow } from "./flow-files.ts";
import { counted } from "./plain-words.ts";
import { oneOf } from "./read-arguments.ts";

/** `sufler paths <flow>`: writes the shortest conversations to every exit as tests for `sufler test`. */
export const command = {
  usage: "paths <flow.json> [--new] [--out folder] [--json] [--runs 3000]",
  examples: ["paths templates/main-menu/flow.json --new", "paths templates/main-menu/flow.json --out conversations"],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: "boolean" }, out: { type: "string" }, new: { type: "boolean" }, runs: { type: "string", default: "3000" } },
    });
    const file = oneOf(positionals, "a flow file");
    const { parsed, folder } = readFlow(file);
    const { flow } = parsed;
    if (!flow) throw new Error(parsed.issues[0]?.message.en ?? `${file} is not a flow`);
    const maxRuns = Number(values.runs);
    if (!Number.isInteger(maxRuns) || maxRuns < 1 || maxRuns > 100_000) throw new Error("--runs: specify a number from 1 to 100000");
    const find = neighbours(folder);
    const { givens, visited } = startsOf(flow, folder, find);
    const paths = findPaths(flow, givens, { find, maxRuns, ...(values.new ? { visited } : {}), ...(process.stderr.isTTY ? { progress: line } : {}) });
    if (process.stderr.isTTY) process.stderr.write(cleared);
    if (values.out) write(values.out, paths.conversations);
    if (values.json) console.log(JSON.stringify(paths, null, 2));
    else print(paths, values.out);
    return paths.uncovered.length > 0 ? 1 : 0;
  },
};

const cleared = "\r\u001B[K";
/** How far the search has come, on one line of a terminal that is written over; never in a pipe. */
const line = ({ runs, maxRuns, open, total }: PathProgress): void =>
  void process.stderr.write(`${cleared}${total - open} of ${total} places reached, ${runs} of at most ${maxRuns} calls simulated`);

function write(folder: string, conversations: readonly object[]): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, conversation] of conversations.entries()) {
    writeFileSync(join(folder, `path-${String(index + 1).padStart(2, "0")}.json`), `${JSON.stringify(conversation, null, 2)}\n`);
  }
}

function print({ conversations, uncovered, runs }: ReturnType<typeof findPaths>, out: string | undefined): void {
  for (const { talk, expect } of conversations) {
    const acts = talk.map((item) =>
      Object.entries(item)
        .map(([name, value]) => (value === true ? name : `${name} ${JSON.stringify(value)}`))
        .join(" "),
    );
    console.log(`${(expect.path ?? []).join(" → ")}\n    ${acts.join(", ") || "(silence)"}`);
  }
  for (const target of uncovered) console.log(`no path found  ${target}`);
  console.log(
    `${counted(conversations.length, "conversation")}${out ? ` in ${out}` : ""}, ${counted(uncovered.length, "place")} without a path, ${counted(runs, "call")} simulated`,
  );
}
