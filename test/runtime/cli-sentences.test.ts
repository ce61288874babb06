import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../journeys/process.ts";

/** What a person mistypes is answered by one sentence and exit code 2: no stack, no name of a library, no code of the system. */
const root = join(import.meta.dirname, "..", "..");
const sufler = (...args: string[]) => run(join(root, "bin", "sufler.mjs"), args, {});
const menu = join(root, "templates", "main-menu", "flow.json");
const folder = mkdtempSync(join(tmpdir(), "sufler-cli-"));
const file = (name: string, text: string) => (writeFileSync(join(folder, name), text), join(folder, name));

describe("mistakes of whoever types", () => {
  test.each<[string, string[], RegExp]>([
    ["a moment that is none", ["call", menu, "--now", "yesterday"], /--now: "yesterday" is not a date and time: write 2026-/],
    ["a language that is none", ["call", menu, "--lang", "fr"], /--lang: ru or en, not "fr"/],
    ["a language of the check", ["check", menu, "--lang", "de"], /--lang: ru or en, not "de"/],
    ["a language of the difference", ["diff", menu, menu, "--lang", "xx"], /--lang: ru or en, not "xx"/],
    ["inputs that are a list", ["call", menu, "--inputs", "[]"], /--inputs: specify a JSON object/],
    ["inputs that are no JSON", ["call", menu, "--inputs", "{"], /--inputs is not valid JSON/],
    ["an input that the flow lacks", ["call", menu, "--inputs", '{"nope":1}'], /the flow has no input "nope"; its inputs: company/],
    ["no conversations", ["test", join(root, "docs", "examples")], /no conversations found next to 1 flow in .*sufler paths/],
    ["a file that is not there", ["call", "nowhere.json"], /no such file or folder: nowhere\.json/],
    ["a folder for a file", ["call", join(root, "templates")], /is a folder: specify one flow file/],
    ["a conversation that is not there", ["call", menu, "--conversation", "nowhere.json"], /no such file or folder: nowhere\.json/],
    ["a conversation that is no JSON", ["call", menu, "--conversation", file("a.json", "{")], /a\.json is not valid JSON/],
    ["a conversation of another shape", ["call", menu, "--conversation", file("b.json", '{"talk":[]}')], /b\.json: title: /],
    [
      "a conversation at no moment",
      ["call", menu, "--conversation", file("c.json", '{"title":"t","given":{"now":"soon"},"talk":[],"expect":{}}')],
      /given\.now: not a date and time/,
    ],
    ["personas of another shape", ["explore", menu, "--personas", file("d.json", "{}")], /d\.json: must be a list/],
    ["journals that are not there", ["replay", "nowhere.jsonl", "--on", menu], /no such file or folder: nowhere\.jsonl/],
    ["an unknown option", ["check", menu, "--bogus"], /Unknown option '--bogus'/],
    ["an unknown command", ["chekc"], /Unknown command "chekc"/],
  ])("%s", async (_title, args, says) => {
    const { code, output } = await sufler(...args);
    expect(code).toBe(2);
    expect(output).toMatch(says);
    expect(output).not.toMatch(/ENOENT|EISDIR|ZodError|\n\s+at /);
  });

  test("a broken conversation among others is told and the others are played", async () => {
    const dir = mkdtempSync(join(tmpdir(), "sufler-cli-"));
    mkdirSync(join(dir, "conversations"));
    writeFileSync(join(dir, "flow.json"), readFileSync(join(root, "docs", "examples", "main-menu.flow.json")));
    writeFileSync(join(dir, "conversations", "a.json"), "{");
    writeFileSync(join(dir, "conversations", "b.json"), JSON.stringify({ title: "hears", talk: [{ hear: "greeting" }], expect: {} }));
    const { code, output } = await sufler("test", dir);
    expect(code).toBe(1);
    expect(output).toMatch(/a\.json is not valid JSON/);
    expect(output).toMatch(/✓ main-menu: hears/);
    expect(output).toContain("1 passed, 1 failed");
  });
});

describe("help", () => {
  test.each(["serve", "check", "compile", "call", "test", "text", "diff", "merge", "explore", "paths", "replay", "report", "files", "pace", "new-node"])(
    "%s has examples",
    async (name) => {
      for (const args of [
        [name, "--help"],
        ["help", name],
      ]) {
        const { code, output } = await sufler(...args);
        expect(code).toBe(0);
        expect(output).toMatch(new RegExp(`Usage:\\n  sufler ${name}`));
        expect(output).toMatch(new RegExp(`Examples:\\n  sufler ${name}`));
      }
    },
  );

  test("the version", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect((await sufler("--version")).output.trim()).toBe(version);
  });
});

test("one is one: 1 flow, 1 error, 1 warning, in both languages", async () => {
  const broken = JSON.parse(readFileSync(join(root, "docs", "examples", "main-menu.flow.json"), "utf8")) as { nodes: Record<string, { exits: object }> };
  broken.nodes["greet"]!.exits = {};
  const path = file("one.flow.json", JSON.stringify(broken));
  expect((await sufler("check", path)).output).toMatch(/\n1 flow, \d+ errors?, /);
  expect((await sufler("check", path, "--lang", "ru")).output).toMatch(/\n1 сценарий, \d+ ошиб/);
});

test("call --conversation starts from the template's demo data, as test does", async () => {
  const dir = mkdtempSync(join(tmpdir(), "sufler-cli-"));
  const flow = {
    sufler: 2,
    id: "d",
    kind: "ivr",
    title: {},
    languages: ["en"],
    inputs: { company: { type: "string" } },
    outcomes: ["done"],
    prompts: { hello: { en: "This is {{ inputs.company }}." } },
    start: "a",
    nodes: { a: { type: "say", config: { prompt: "hello" }, exits: { next: "b" } }, b: { type: "hangup", config: { outcome: "done" } } },
  };
  writeFileSync(join(dir, "flow.json"), JSON.stringify(flow));
  writeFileSync(join(dir, "demo.json"), JSON.stringify({ inputs: { company: "Acme" } }));
  writeFileSync(join(dir, "talk.json"), JSON.stringify({ title: "t", talk: [], expect: { said: ["This is Acme."] } }));
  const { code, output } = await sufler("call", join(dir, "flow.json"), "--conversation", join(dir, "talk.json"));
  expect([code, output]).toEqual([0, expect.stringContaining("This is Acme.")]);
});
