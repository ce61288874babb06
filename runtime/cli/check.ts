import { parseArgs } from "node:util";
import { checkFlow, scoreFlow, type Score } from "../../flows/check/index.ts";
import type { Issue } from "../../flows/schema/issue.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { missingCommands } from "../calls/perform/not-available.ts";
import { findFlows, type FlowFile } from "./flow-files.ts";
import { counted, countedInRussian } from "./plain-words.ts";
import { languageOf } from "./read-arguments.ts";

type Summary = { flows: number; errors: number; warnings: number; issues: Issue[]; score: number | null; scores: Record<string, Score> };

/** `sufler check <flow|dir>`: exit code 1 on errors. */
export const command = {
  usage: "check <flow.json|folder> [--json] [--lang ru|en]",
  examples: ["check templates/main-menu/flow.json", "check templates --json", "check my-flows --lang ru"],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: "boolean" }, lang: { type: "string" } } });
    if (positionals.length === 0) throw new Error("specify a flow file or a folder");
    const language = languageOf(values.lang, "en");
    const files = positionals.flatMap(findFlows);
    const environment = { documents: documentsOf(files), missingCommands };
    const checked = files.map(({ parsed, file }) => {
      const issues: Issue[] = parsed.flow ? checkFlow(parsed.flow, environment) : parsed.issues.map((issue) => ({ ...issue, flow: issue.flow || file }));
      const id = parsed.flow?.id ?? file;
      return { id, issues, score: scoreFlow({ id }, issues) };
    });
    const issues = checked.flatMap((each) => each.issues);
    const count = (severity: Issue["severity"]) => issues.filter((issue) => issue.severity === severity).length;
    const lowest = checked.reduce<number | null>((least, { score }) => Math.min(least ?? 100, score.score), null);
    const scores = Object.fromEntries(checked.map(({ id, score }) => [id, score]));
    const summary: Summary = { flows: files.length, errors: count("error"), warnings: count("warning"), issues, score: lowest, scores };
    if (values.json) console.log(JSON.stringify(summary, null, 2));
    else print(summary, language);
    return summary.errors > 0 ? 1 : 0;
  },
};

/** The available flows by ID, for checking subflows. If two have the same ID, neither is used. */
function documentsOf(files: readonly FlowFile[]): Record<string, Flow> {
  const flows = files.flatMap(({ parsed }) => (parsed.flow ? [parsed.flow] : []));
  const alone = flows.filter((flow) => flows.every((other) => other === flow || other.id !== flow.id));
  return Object.fromEntries(alone.map((flow) => [flow.id, flow]));
}

const words = { en: { score: "score", lowest: "lowest score" }, ru: { score: "оценка", lowest: "худшая оценка" } };

function print({ flows, errors, warnings, issues, score, scores }: Summary, language: "ru" | "en"): void {
  for (const issue of issues) {
    if (issue.severity === "info") continue;
    console.log(`${issue.severity.padEnd(7)} ${issue.flow}${issue.node ? `/${issue.node}` : ""}  ${issue.message[language]}  [${issue.code}]`);
  }
  for (const [id, each] of Object.entries(scores)) {
    const why = each.reasons.map(({ code, points }) => `${code} −${points}`).join(", ");
    console.log(`${words[language].score} ${String(each.score).padStart(3)}  ${id}${why ? `  (${why})` : ""}`);
  }
  const least = score === null ? "" : `, ${words[language].lowest} ${score}`;
  const counts =
    language === "ru"
      ? [
          countedInRussian(flows, ["сценарий", "сценария", "сценариев"]),
          countedInRussian(errors, ["ошибка", "ошибки", "ошибок"]),
          countedInRussian(warnings, ["предупреждение", "предупреждения", "предупреждений"]),
        ]
      : [counted(flows, "flow"), counted(errors, "error"), counted(warnings, "warning")];
  console.log(`${counts.join(", ")}${least}`);
}
