import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { idPattern } from "../../flows/schema/ids.ts";

const nodes = join(import.meta.dirname, "..", "..", "flows", "nodes");

/** `sufler new-node <type>`: a folder by the node rule, and its line in the list. */
export const command = {
  usage: "new-node <type>",
  examples: ["new-node my-node"],
  async run([type]: string[]): Promise<number> {
    if (!type || !idPattern.test(type)) throw new Error("name a type: small letters, digits and hyphens, a letter first");
    const folder = join(nodes, type);
    if (existsSync(folder)) throw new Error(`flows/nodes/${type} exists`);
    const name = type.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
    mkdirSync(folder);
    writeFileSync(join(folder, "node.ts"), source(type, name));
    writeFileSync(join(folder, "node.md"), `# ${type}\n\n## ru\n\nЧто делает узел, одним абзацем.\n\n## en\n\nWhat the node does, in one paragraph.\n`);
    writeFileSync(join(folder, "cases.json"), `${JSON.stringify({ cases: [] }, null, 2)}\n`);
    const index = join(nodes, "index.ts");
    const list = readFileSync(index, "utf8")
      .replace(/(import type \{ NodeDefinition \}.*\n)/, `$1import { ${name} } from "./${type}/node.ts";\n`)
      .replace(/(nodeList: .*\[\n(?:.*,\n)*)(\];)/, `$1  ${name},\n$2`);
    writeFileSync(index, list);
    console.log(`flows/nodes/${type}: fill in node.ts, node.md (ru, en) and at least three cases in cases.json`);
    return 0;
  },
};

const source = (type: string, name: string): string => `import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const ${name} = defineNode({
  type: "${type}", kinds: ["ivr"], group: "logic", icon: "IconCircle",
  title: { ru: "${type}", en: "${type}" },
  config: z.object({ when: field.expression({ ru: "Если", en: "If" }, { type: "bool" }) }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => kit.branch({ when: kit.cel(config.when) }),
  decide: () => ({ exit: "next" }),
  summary: (config) => config.when,
  expressions: (config) => [{ path: "when", source: config.when, type: "bool" }],
});
`;
