import { parseArgs } from "node:util";
import { changeGroups, type ChangeGroup, type FlowDiff } from "../../flows/diff/change.ts";
import { diffFlows } from "../../flows/diff/diff-flows.ts";
import { languageOf } from "./read-arguments.ts";
import { readDocument } from "./read-document.ts";

type Language = "ru" | "en";

/** `sufler diff <a> <b>`: the differences between two versions; exit code 0: none, 1: some, 2: a file could not be read. */
export const command = {
  usage: "diff <a.json> <b.json> [--json] [--lang ru|en]",
  examples: ["diff old.json new.json", "diff old.json new.json --lang ru"],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: "boolean" }, lang: { type: "string" } } });
    const [a, b] = positionals;
    if (!a || !b || positionals.length > 2) throw new Error("specify two flow files");
    const language: Language = languageOf(values.lang, "en");
    const diff = diffFlows(readDocument(a, language), readDocument(b, language));
    console.log(values.json ? JSON.stringify(diff, null, 2) : diffLines(diff, language).join("\n"));
    return diff.isEmpty ? 0 : 1;
  },
};

const words = {
  ru: {
    flow: "Сценарий",
    nodes: "Узлы",
    exits: "Выходы",
    texts: "Тексты",
    inputs: "Поля для заполнения",
    variables: "Переменные",
    outcomes: "Итоги",
    parts: "Части",
    none: "Отличий нет.",
    moved: (nodes: string) => `Передвинуто на холсте: ${nodes}`,
  },
  en: {
    flow: "Flow",
    nodes: "Nodes",
    exits: "Exits",
    texts: "Texts",
    inputs: "Inputs",
    variables: "Variables",
    outcomes: "Outcomes",
    parts: "Parts",
    none: "No differences.",
    moved: (nodes: string) => `Moved on the canvas: ${nodes}`,
  },
} satisfies Record<Language, Record<ChangeGroup | "none", string> & { moved: (nodes: string) => string }>;

/** A diff for people: a heading per group, a mark and a sentence per change; all that only moved is one line. */
function diffLines({ isEmpty, changes, moved }: FlowDiff, language: Language): string[] {
  const say = words[language];
  if (isEmpty) return [say.none];
  const groups = changeGroups.flatMap((group) => {
    const lines = changes.filter((change) => change.group === group).map((change) => `  ${change.mark} ${change.message[language]}`);
    return lines.length === 0 ? [] : [say[group], ...lines];
  });
  return moved.length === 0 ? groups : [...groups, say.moved(moved.map((change) => change.node).join(", "))];
}
