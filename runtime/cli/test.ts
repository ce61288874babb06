import { parseArgs } from "node:util";
import type { FindFlow } from "../../flows/compile/unit.ts";
import { coverable } from "../../flows/simulate/coverage.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { conversationFiles, conversationOf, demoOf, findAmong, findFlows, type FlowFile } from "./flow-files.ts";
import { counted, sentenceOf } from "./plain-words.ts";

type Outcome = { flow: string; file: string; title: string; passed: boolean; failures: string[] };
type FlowReport = { outcomes: Outcome[]; nodes: [number, number]; exits: [number, number]; uncovered: string[] };

/** `sufler test <dir…>`: plays every conversation of every flow; exit code 1 if one fails. */
export const command = {
  usage: "test <folder…> [--json] [--coverage]",
  examples: ["test templates --coverage", "test templates/main-menu --json"],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: "boolean" }, coverage: { type: "boolean" } } });
    if (positionals.length === 0) throw new Error("specify a folder with flows");
    const files = positionals.flatMap(findFlows);
    const find = findAmong(files);
    const reports = files.map((file) => testFlow(file, find));
    const outcomes = reports.flatMap((report) => report.outcomes);
    if (outcomes.length === 0)
      throw new Error(
        `no conversations found next to ${counted(files.length, "flow")} in ${positionals.join(", ")}: put them in a "conversations" folder (sufler paths creates the first ones)`,
      );
    const share = (pick: (report: FlowReport) => [number, number]) => {
      const [done, all] = reports.map(pick).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
      return all === 0 ? 1 : Math.round((done / all) * 10_000) / 10_000;
    };
    const failed = outcomes.filter((outcome) => !outcome.passed);
    const summary = {
      flows: files.length,
      conversations: outcomes.length,
      passed: outcomes.length - failed.length,
      failed: failed.length,
      coverage: { nodes: share((report) => report.nodes), exits: share((report) => report.exits) },
    };
    if (values.json)
      console.log(
        JSON.stringify({ ...summary, failures: failed, ...(values.coverage ? { uncovered: reports.flatMap((report) => report.uncovered) } : {}) }, null, 2),
      );
    else print(summary, outcomes, values.coverage ? reports.flatMap((report) => report.uncovered) : []);
    return failed.length > 0 ? 1 : 0;
  },
};

function testFlow({ file, folder, parsed }: FlowFile, find: FindFlow): FlowReport {
  if (!parsed.flow) {
    const failures = parsed.issues.map((issue) => issue.message.en);
    return { outcomes: [{ flow: file, file, title: "reads", passed: false, failures }], nodes: [0, 0], exits: [0, 0], uncovered: [] };
  }
  const flow = parsed.flow;
  const visited = new Set<string>();
  const demo = demoOf(folder);
  const outcomes = conversationFiles(folder).map((path): Outcome => {
    const conversation = readOr(() => conversationOf(path, demo));
    if (typeof conversation === "string") return { flow: flow.id, file: path, title: path, passed: false, failures: [conversation] };
    const run = runConversation(flow, conversation, { find });
    for (const item of run.visited) visited.add(item);
    return { flow: flow.id, file: path, title: run.title, passed: run.passed, failures: run.failures };
  });
  const all = coverable(flow);
  const covered = (items: string[]): [number, number] => [items.filter((item) => visited.has(item)).length, items.length];
  const uncovered = [...all.nodes, ...all.exits].filter((item) => !visited.has(item)).map((item) => `${flow.id}: ${item}`);
  return { outcomes, nodes: covered(all.nodes), exits: covered(all.exits), uncovered };
}

/** What was read, or the sentence that says why it was not. */
function readOr<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    return sentenceOf(error);
  }
}

function print(
  summary: { flows: number; conversations: number; passed: number; failed: number; coverage: { nodes: number; exits: number } },
  outcomes: Outcome[],
  uncovered: string[],
): void {
  for (const outcome of outcomes) {
    console.log(`${outcome.passed ? "✓" : "✗"} ${outcome.flow}: ${outcome.title}`);
    for (const failure of outcome.failures) console.log(`    ${failure}`);
  }
  for (const item of uncovered) console.log(`not covered  ${item}`);
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  console.log(`${counted(summary.flows, "flow")}, coverage: nodes ${percent(summary.coverage.nodes)}, exits ${percent(summary.coverage.exits)}`);
  console.log(`${summary.passed} passed, ${summary.failed} failed`);
}
