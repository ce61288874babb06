import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFlow } from "../flows/check/index.ts";
import { render } from "../flows/expressions/evaluate.ts";
import { parseFlow } from "../flows/schema/parse-flow.ts";
import { parseConversation } from "../flows/simulate/conversation.ts";
import { runConversation } from "../flows/simulate/run-conversation.ts";

const root = join(import.meta.dirname, "..");
const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");

describe("docs", () => {
  test("nodes.md and checks.md say what the code says", () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/build-docs.mjs", "--check"], { cwd: root, encoding: "utf8" });
    expect({ stdout, stderr, status }).toMatchObject({ stdout: "", status: 0 });
  });

  test("the example flow has no errors and its conversation passes", () => {
    const { flow, issues } = parseFlow(read("docs/examples/main-menu.flow.json"));
    expect(issues).toEqual([]);
    expect(checkFlow(flow!).filter((issue) => issue.severity === "error")).toEqual([]);
    const parsed = parseConversation(JSON.parse(read("docs/examples/main-menu.conversation.json")));
    if ("error" in parsed) throw new Error(parsed.error);
    expect(runConversation(flow!, parsed.conversation).failures).toEqual([]);
  });

  test.each(["en", "ru"])("the flows, conversations and texts of docs/%s are right", (language) => {
    const files = readdirSync(join(root, "docs", language)).filter((name) => name.endsWith(".md"));
    const blocks = files.flatMap((name) =>
      [...read("docs", language, name).matchAll(/^```json\n([\s\S]*?)^```/gm)].map((match) => ({ name, text: match[1]! })),
    );
    for (const { name, text } of blocks) expect(() => JSON.parse(text) as unknown, `${name}: ${text}`).not.toThrow();
    const conversations = blocks.map(({ text }) => JSON.parse(text) as Record<string, unknown>).filter((value) => "talk" in value);
    for (const each of conversations) expect(parseConversation(each)).not.toHaveProperty("error");
  });

  test.each(["en", "ru"] as const)("the examples of docs/%s/texts.md say what they say", (language) => {
    const now = { date: "2026-11-23", time: "09:05", hour: 9, minute: 5, weekday: 1 };
    const scope = { inputs: {}, vars: { age: 20, count: 3, sum: 1250.5 }, result: {}, call: {}, caller: { number: "+79990000107" }, contact: {}, now };
    const rows = [...read("docs", language, "texts.md").matchAll(/^\| `(.*\{\{.*\}\}.*)` \| (.*) \|$/gm)].map((match) => [match[1]!, match[2]!] as const);
    expect(rows.length).toBeGreaterThan(10);
    for (const [text, said] of rows) expect(render(text, scope, language)).toBe(said);
  });

  const pages = ["README.md", "README.ru.md", "CONTRIBUTING.md", "CHANGELOG.md"].concat(
    ["", "en", "ru"].flatMap((folder) =>
      readdirSync(join(root, "docs", folder))
        .filter((name) => name.endsWith(".md"))
        .map((name) => join("docs", folder, name)),
    ),
  );
  test.each(pages)("links of %s lead somewhere", (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!).filter((target) => !/^[a-z]+:/.test(target));
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  test("every key of the configuration is in both tables", () => {
    const variables = [...read("runtime/config.ts").matchAll(/SUFLER_[A-Z_]+/g)].map((match) => match[0]);
    const pagesWithTable = ["docs/en/configuration.md", "docs/ru/configuration.md"];
    for (const page of pagesWithTable) expect([...new Set(variables)].filter((name) => !read(page).includes(name))).toEqual([]);
  });
});
