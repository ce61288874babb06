import { parseArgs } from "node:util";
import { explore, type Exploration } from "../../flows/simulate/explore.ts";
import { reportText } from "../../flows/reports/report-text.ts";
import { personaSchema, type Persona } from "../../flows/simulate/persona.ts";
import { startsOf } from "./conversations-of.ts";
import { problemWords } from "../../flows/schema/problem-words.ts";
import { neighbours, readFlow } from "./flow-files.ts";
import { counted } from "./plain-words.ts";
import { jsonFile, oneOf } from "./read-arguments.ts";

/** `sufler explore <flow>`: runs random callers with personas and prints a report. */
export const command = {
  usage: "explore <flow.json> [--callers 1000] [--seed 1] [--personas file.json] [--json]",
  examples: ["explore templates/main-menu/flow.json --callers 1000 --seed 1"],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        callers: { type: "string", default: "1000" },
        seed: { type: "string", default: "1" },
        personas: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const file = oneOf(positionals, "a flow file");
    const { parsed, folder } = readFlow(file);
    if (!parsed.flow) throw new Error(parsed.issues[0]?.message.en ?? `${file} is not a flow`);
    const callers = whole(values.callers, "--callers", 1, 100_000);
    const seed = whole(values.seed, "--seed", 0, 2 ** 32 - 1);
    const find = neighbours(folder);
    const { givens } = startsOf(parsed.flow, folder, find);
    const personas = values.personas ? readPersonas(values.personas) : {};
    const report = explore(parsed.flow, { callers, seed, givens, find, ...personas });
    if (values.json) console.log(JSON.stringify(report, null, 2));
    else print(report);
    return report.stuck > 0 ? 1 : 0;
  },
};

function whole(text: string, name: string, from: number, to: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to) throw new Error(`${name}: specify a whole number from ${from} to ${to}`);
  return value;
}

function readPersonas(file: string): { personas: Persona[] } {
  const parsed = personaSchema.array().min(1).max(50).safeParse(jsonFile(file));
  if (parsed.success) return { personas: parsed.data };
  const first = parsed.error.issues[0]!;
  throw new Error(`${file}: ${problemWords(first, "en")}`);
}

const shares = (counts: Record<string, number>, all: number): string =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${((count / all) * 100).toFixed(1)} %`)
    .join(" · ");

function print(report: Exploration): void {
  const { callers, seconds, dead, longestWait, loops, coverage } = report;
  console.log(`${counted(callers, "caller")}, seed ${report.seed}`);
  console.log(`ended      ${shares(report.ended, callers)}`);
  console.log(`outcomes   ${shares(report.outcomes, callers)}`);
  for (const [name, { calls, ended }] of Object.entries(report.personas))
    console.log(`  ${name.padEnd(10)} ${String(calls).padStart(5)}  ${shares(ended, calls)}`);
  console.log(`length     mean ${seconds.mean} s, p95 ${seconds.p95} s, longest ${seconds.longest} s`);
  console.log(`dead time  mean ${dead.mean} s, p95 ${dead.p95} s, longest ${dead.longest} s${dead.worst ? ` in ${dead.worst}` : ""}`);
  console.log(`wait       longest ${longestWait.seconds} s${longestWait.node ? ` in ${longestWait.node}` : ""}`);
  if (report.totals) console.log(`${reportText(report.totals, "en")}\n`);
  for (const { node, times, calls } of loops) console.log(`loop       ${node}: up to ${times} times in a call, ${calls} calls`);
  for (const [fault, count] of Object.entries(report.faults)) console.log(`fault      ${fault}, ${count} times`);
  for (const item of coverage.uncovered) console.log(`never seen ${item}`);
  console.log(`coverage: nodes ${(coverage.nodes * 100).toFixed(1)} %, exits ${(coverage.exits * 100).toFixed(1)} %; ${report.stuck} stuck`);
}
