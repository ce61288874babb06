import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { MergeConflict } from "../../flows/diff/conflict.ts";
import { mergeFlows } from "../../flows/diff/merge-flows.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { languageOf } from "./read-arguments.ts";
import { readDocument } from "./read-document.ts";

type Language = "ru" | "en";

/** `sufler merge <base> <ours> <theirs>`: prints the merged flow; exit code 0: clean, 1: conflicts, 2: a file could not be read or written. */
export const command = {
  usage: "merge <base.json> <ours.json> <theirs.json> [-o merged.json] [--json] [--lang ru|en]",
  examples: ["merge base.json ours.json theirs.json -o merged.json"],
  async run(args: string[]): Promise<number> {
    const options = { out: { type: "string", short: "o" }, json: { type: "boolean" }, lang: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    if (positionals.length !== 3) throw new Error("specify three flow files: base, ours, theirs");
    const language: Language = languageOf(values.lang, "en");
    const [base, ours, theirs] = positionals.map((file) => readDocument(file, language)) as [Flow, Flow, Flow];
    const { flow, conflicts } = mergeFlows(base, ours, theirs);
    const document = `${JSON.stringify(flow, null, 2)}\n`;
    if (values.out) writeFileSync(values.out, document);
    if (values.json) console.log(JSON.stringify({ conflicts, ...(values.out ? {} : { flow }) }, null, 2));
    else if (!values.out) process.stdout.write(document);
    if (!values.json) for (const line of conflictLines(conflicts, language)) console.error(line);
    return conflicts.length > 0 ? 1 : 0;
  },
};

/** Conflicts by node, each with its sentence; those of the flow itself come first. */
function conflictLines(conflicts: MergeConflict[], language: Language): string[] {
  if (conflicts.length === 0) return [];
  const heading = language === "ru" ? `Решите сами, мест: ${conflicts.length}` : `Conflicts to resolve by hand: ${conflicts.length}`;
  const places = [...new Set(conflicts.map((conflict) => conflict.node))].toSorted((a, b) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return [
    heading,
    ...places.flatMap((node) => [
      node ?? (language === "ru" ? "сценарий" : "flow"),
      ...conflicts.filter((conflict) => conflict.node === node).map((conflict) => `  ! ${conflict.message[language]}`),
    ]),
  ];
}
