import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeList } from "../../flows/nodes/index.ts";
import { describe, expect, test } from "vitest";
import { run } from "../journeys/process.ts";

/** The command line as a newcomer types it, and the JSON that programs read. */
const root = join(import.meta.dirname, "..", "..");
const templates = readdirSync(join(root, "templates"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).length;
const sufler = (...args: string[]) => run(join(root, "bin", "sufler.mjs"), args, {});
const example = join(root, "docs", "examples", "main-menu.flow.json");
const folder = () => mkdtempSync(join(tmpdir(), "sufler-cli-"));

describe("sufler", () => {
  test("check templates --json", async () => {
    const { code, output } = await sufler("check", join(root, "templates"), "--json");
    const summary = JSON.parse(output) as { flows: number; errors: number; warnings: number; issues: object[] };
    expect([code, summary.flows, summary.errors]).toEqual([0, templates, 0]);
    expect(Object.keys(summary)).toEqual(["flows", "errors", "warnings", "issues", "score", "scores"]);
  });

  test("check of a broken flow: exit 1, the place and both languages", async () => {
    const file = join(folder(), "flow.json");
    const flow = JSON.parse(readFileSync(example, "utf8")) as { nodes: Record<string, { exits: Record<string, string> }> };
    flow.nodes["greet"]!.exits = {};
    writeFileSync(file, JSON.stringify(flow));
    const { code, output } = await sufler("check", file, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(output).issues[0]).toMatchObject({
      flow: "main-menu",
      node: "greet",
      code: "dangling-exit",
      severity: "error",
      message: { ru: expect.any(String), en: expect.any(String) },
    });
  });

  test("check of a folder: flows that play each other are known, one that is not there is not told", async () => {
    const dir = folder();
    const put = (id: string, node: object, inputs: object = {}) => {
      const flow = JSON.parse(readFileSync(example, "utf8")) as { id: string; inputs: object; start: string; nodes: Record<string, object> };
      Object.assign(flow, { id, inputs: { ...flow.inputs, ...inputs }, start: "play", nodes: { ...flow.nodes, play: node } });
      mkdirSync(join(dir, id));
      writeFileSync(join(dir, id, "flow.json"), JSON.stringify(flow));
    };
    const play = (flow: string) => ({ type: "subflow", config: { flow }, exits: { next: "greet" } });
    put("one", play("two"), { city: { type: "string", required: true } });
    put("two", play("one"));
    put("three", play("elsewhere"));
    const { code, output } = await sufler("check", dir, "--json");
    const issues = (JSON.parse(output) as { issues: { flow: string; node: string; code: string }[] }).issues.filter(({ node }) => node === "play");
    expect(code).toBe(1);
    expect(issues.map((issue) => `${issue.flow} ${issue.code}`).filter((each) => !each.endsWith("outcomes"))).toEqual([
      "one plays-itself",
      "one subflow-inputs",
      "two plays-itself",
      "two subflow-inputs",
      "two subflow-inputs",
    ]);
  });

  test("compile prints a machine that is plain JSON", async () => {
    const { code, output } = await sufler("compile", example);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ id: "flow", context: {}, initial: "greet", states: { "~ended": { type: "final" } } });
  });

  test('call --keys "wait 6,1" --json', async () => {
    const { code, output } = await sufler("call", example, "--keys", "wait 6,1", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      ended: "flow",
      outcome: "served",
      result: { choice: "hours" },
      vars: { choice: "hours" },
      path: [
        { node: "greet", exit: "next" },
        { node: "choose", exit: "1" },
        { node: "hours", exit: "next" },
        { node: "end", exit: "next" },
      ],
      said: [{ prompt: "greeting" }, {}, {}],
    });
  });

  test("call with silence, hang-up and a conversation", async () => {
    expect(JSON.parse((await sufler("call", example, "--keys", "silence,silence,silence", "--json")).output)).toMatchObject({ outcome: "left" });
    expect(JSON.parse((await sufler("call", example, "--keys", "wait 1,hangup", "--json")).output)).toMatchObject({ ended: "caller-hangup" });
    expect((await sufler("call", example, "--conversation", join(root, "docs", "examples", "main-menu.conversation.json"))).code).toBe(0);
  });

  test("test templates --json", async () => {
    const { code, output } = await sufler("test", join(root, "templates"), "--json");
    const summary = JSON.parse(output) as { flows: number; conversations: number; passed: number; failed: number; coverage: { nodes: number; exits: number } };
    expect(code).toBe(0);
    expect(summary).toMatchObject({ flows: templates, failed: 0, coverage: { nodes: 1 } });
    expect(summary.passed).toBe(summary.conversations);
    expect(summary.coverage.exits).toBeGreaterThan(0.95);
  });

  test.each<[string, string[], RegExp]>([
    ["no command like that", ["fly"], /Unknown command "fly"/],
    ["a file that is not there", ["check", "/no/such"], /no such file or folder/],
    ["keys that are none", ["call", example, "--keys", "sing"], /is not digits/],
    ["a flow that is not JSON", ["compile", join(root, "README.md")], /not valid JSON/],
    ["a type that is taken", ["new-node", "menu"], /exists/],
    ["a type with a bad name", ["new-node", "My Node"], /lower-case letters/],
  ])("%s", async (_name, args, message) => {
    const { code, output } = await sufler(...args);
    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test("new-node makes a folder by the node rule, and the list knows it", async () => {
    const copy = folder();
    mkdirSync(join(copy, "runtime"));
    for (const part of ["flows", "bin", "runtime/cli", "package.json"]) cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const { code, output } = await run(join(copy, "bin", "sufler.mjs"), ["new-node", "say-twice"], {});
    expect([code, output]).toEqual([0, expect.stringContaining("node.md")]);
    const check = `import { nodeTypes } from ${JSON.stringify(join(copy, "flows", "nodes", "index.ts"))}; console.log(nodeTypes["say-twice"].type, Object.keys(nodeTypes).length);`;
    writeFileSync(join(copy, "check.mjs"), check);
    expect((await run(join(copy, "check.mjs"), [], {})).output.trim()).toBe(`say-twice ${nodeList.length + 1}`);
    // As `npm run check` wants it: formatted, three cases, an icon that the palette has.
    cpSync(join(root, ".oxfmtrc.json"), join(copy, ".oxfmtrc.json"));
    const made = ["say-twice", "delete"];
    expect((await run(join(copy, "bin", "sufler.mjs"), ["new-node", "delete"], {})).code).toBe(0);
    const formatted = await run(
      join(root, "node_modules", "oxfmt", "bin", "oxfmt"),
      ["--check", ...made.map((type) => join(copy, "flows", "nodes", type, "node.ts")), join(copy, "flows", "nodes", "index.ts")],
      {},
    );
    expect([formatted.code, formatted.output]).toEqual([0, expect.any(String)]);
    const icons = readFileSync(join(root, "editor", "canvas", "node-icons.ts"), "utf8");
    for (const type of made) {
      const node = readFileSync(join(copy, "flows", "nodes", type, "node.ts"), "utf8");
      expect(icons).toContain(`  ${/icon: "(\w+)"/.exec(node)![1]},\n`);
      const { cases } = JSON.parse(readFileSync(join(copy, "flows", "nodes", type, "cases.json"), "utf8")) as { cases: unknown[] };
      expect(cases.length).toBeGreaterThanOrEqual(3);
    }
  });
});
