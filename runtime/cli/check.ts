import { parseArgs } from "node:util";
import { checkFlow } from "../../flows/check/index.ts";
import type { Issue } from "../../flows/schema/issue.ts";
import { findFlows } from "./flow-files.ts";

/** `sufler check <flow|dir>`: exit 1 on errors. */
export const command = {
  usage: "check <flow.json|folder> [--json] [--lang ru|en]",
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: "boolean" }, lang: { type: "string" } } });
    if (positionals.length === 0) throw new Error("name a flow file or a folder");
    const files = positionals.flatMap(findFlows);
    const issues = files.flatMap(({ parsed, file }): Issue[] =>
      parsed.flow ? checkFlow(parsed.flow) : parsed.issues.map((issue) => ({ ...issue, flow: issue.flow || file })),
    );
    const count = (severity: Issue["severity"]) => issues.filter((issue) => issue.severity === severity).length;
    const summary = { flows: files.length, errors: count("error"), warnings: count("warning"), issues };
    if (values.json) console.log(JSON.stringify(summary, null, 2));
    else print(summary, values.lang === "ru" ? "ru" : "en");
    return summary.errors > 0 ? 1 : 0;
  },
};

function print({ flows, errors, warnings, issues }: { flows: number; errors: number; warnings: number; issues: Issue[] }, language: "ru" | "en"): void {
  for (const issue of issues) {
    if (issue.severity === "info") continue;
    console.log(`${issue.severity.padEnd(7)} ${issue.flow}${issue.node ? `/${issue.node}` : ""}  ${issue.message[language]}  [${issue.code}]`);
  }
  console.log(`${flows} flows, ${errors} errors, ${warnings} warnings`);
}
