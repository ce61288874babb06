import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { idPattern } from "../../flows/schema/ids.ts";

const nodes = join(import.meta.dirname, "..", "..", "flows", "nodes");

/** `sufler new-node <type>`: a folder by the node rule, and its line in the list. */
export const command = {
  usage: "new-node <type>",
  examples: ["new-node my-node"],
  async run([type]: string[]): Promise<number> {
    if (!type || !idPattern.test(type)) throw new Error("specify a type: lower-case letters, digits and hyphens, starting with a letter");
    const folder = join(nodes, type);
    if (existsSync(folder)) throw new Error(`flows/nodes/${type} exists`);
    const name = nameOf(type);
    mkdirSync(folder);
    writeFileSync(join(folder, "node.ts"), source(type, name));
    writeFileSync(join(folder, "node.md"), `# ${type}\n\n## ru\n\nЧто делает узел, одним абзацем.\n\n## en\n\nWhat the node does, in one paragraph.\n`);
    writeFileSync(join(folder, "cases.json"), `${JSON.stringify({ cases }, null, 2)}\n`);
    const index = join(nodes, "index.ts");
    const list = readFileSync(index, "utf8")
      .replace(/(import type \{ NodeDefinition \}.*\n)/, `$1import { ${name} } from "./${type}/node.ts";\n`)
      .replace(/(nodeList: .*\[\n(?:.*,\n)*)(\];)/, `$1  ${name},\n$2`);
    writeFileSync(index, list);
    console.log(
      `flows/nodes/${type}: fill in node.ts and node.md (ru, en) and put your own cases in cases.json; choose an icon from editor/canvas/node-icons.ts`,
    );
    return 0;
  },
};

/** A name for the code: in camel case, none of the words that the language or the list keeps for itself. */
function nameOf(type: string): string {
  const name = type.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()).replaceAll("-", "");
  return kept.has(name) ? `${name}Node` : name;
}

const kept = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof " +
    "undefined var void while with yield z field defineNode nodeList nodeTypes"
  ).split(" "),
);

const source = (type: string, name: string): string => `import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const ${name} = defineNode({
  type: "${type}",
  kinds: ["ivr"],
  group: "logic",
  icon: "IconPuzzle",
  title: { ru: "${type}", en: "${type}" },
  config: z.object({ when: field.expression({ ru: "Если", en: "If" }, { type: "bool" }) }),
  exits: ["yes", "no"],
  waits: false,
  compile: (config, kit) => kit.branch({ when: kit.cel(config.when) }),
  decide: (args: { when: { $cel: string } }, view) => {
    const value = view.evaluate(args.when.$cel);
    if (typeof value !== "boolean") return { exit: "error", fault: { code: "bad-value", message: \`not true or false: \${JSON.stringify(value)}\` } };
    return { exit: value ? "yes" : "no" };
  },
  summary: (config) => config.when,
  expressions: (config) => [{ path: "when", source: config.when, type: "bool" }],
});
`;

const when = { when: "inputs.age >= 18" };
const cases = [
  { title: { ru: "да", en: "yes" }, config: when, given: { inputs: { age: 20 } }, talk: [], expect: { exit: "yes" } },
  { title: { ru: "нет", en: "no" }, config: when, given: { inputs: { age: 17 } }, talk: [], expect: { exit: "no" } },
  {
    title: { ru: "не «да/нет» — ошибка", en: "not a yes-or-no is an error" },
    config: { when: "inputs.age" },
    given: { inputs: { age: 17 } },
    talk: [],
    expect: { exit: "error", faults: ["bad-value"] },
  },
];
