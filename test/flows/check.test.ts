import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFlow, rules } from "../../flows/check/index.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { randomFlow } from "./random-flow.ts";

/** Each rule: the smallest flow that breaks it, and where it must be said. */
type Row = { code: string; node: string | null; change: (flow: Good) => void; environment?: object };
type Good = ReturnType<typeof good>;

const good = () => ({
  sufler: 2,
  id: "good",
  kind: "ivr" as string,
  title: {},
  languages: ["ru", "en"],
  outcomes: ["done"],
  variables: {},
  inputs: { age: { type: "number" } } as Record<string, object>,
  prompts: { hello: { ru: "Привет", en: "Hello" }, ask: { ru: "Да?", en: "Yes?" } } as Record<string, Record<string, string>>,
  start: "say",
  nodes: {
    say: { type: "say", config: { prompt: "hello" }, exits: { next: "ask" } },
    ask: {
      type: "menu",
      config: { prompt: "ask", choices: [{ key: "1", value: "" }], saveAs: "choice" },
      exits: { "1": "end", noInput: "end", invalid: "end" },
    },
    end: { type: "hangup", config: { outcome: "done" }, exits: {} },
  } as Record<string, { type: string; config: Record<string, unknown>; exits: Record<string, string> }>,
});

const rows: Row[] = [
  { code: "missing-start", node: null, change: (flow) => (flow.start = "nowhere") },
  { code: "unknown-node", node: "say", change: (flow) => (flow.nodes["say"]!.type = "sya") },
  { code: "unknown-node", node: "say", change: (flow) => (flow.kind = "script") },
  { code: "malformed-config", node: "say", change: (flow) => (flow.nodes["say"]!.config = {}) },
  { code: "dangling-exit", node: "say", change: (flow) => (flow.nodes["say"]!.exits = {}) },
  { code: "dangling-exit", node: "ask", change: (flow) => (flow.nodes["ask"]!.exits["1"] = "gone") },
  { code: "unknown-exit", node: "ask", change: (flow) => (flow.nodes["ask"]!.exits["7"] = "end") },
  { code: "input-exits", node: "ask", change: (flow) => delete flow.nodes["ask"]!.exits["noInput"] },
  { code: "no-path-to-end", node: "say", change: (flow) => (flow.nodes["say"]!.exits["next"] = "say") },
  {
    code: "silent-cycle",
    node: "a",
    change: (flow) => void (flow.nodes["a"] = { type: "set", config: { assign: [{ name: "x", value: "1" }] }, exits: { next: "a" } }),
  },
  { code: "duplicate-key", node: "ask", change: (flow) => (flow.nodes["ask"]!.config["choices"] = [{ key: "1" }, { key: "1" }]) },
  {
    code: "one-on-hangup",
    node: "h1",
    change: (flow) =>
      void Object.assign(flow.nodes, Object.fromEntries(["h0", "h1"].map((id) => [id, { type: "on-hangup", config: {}, exits: { next: "end" } }]))),
  },
  { code: "syntax-error", node: "say", change: (flow) => (flow.prompts["hello"]!["ru"] = "{{ 1 + }}") },
  { code: "unknown-variable", node: "say", change: (flow) => (flow.prompts["hello"]!["ru"] = "{{ vars.nobody }}") },
  { code: "type-error", node: "say", change: (flow) => (flow.prompts["hello"]!["ru"] = "{{ inputs.age + 'лет' }}") },
  {
    code: "type-error",
    node: "if",
    change: (flow) => void (flow.nodes["if"] = { type: "condition", config: { when: "inputs.age" }, exits: { yes: "end", no: "end" } }),
  },
  { code: "unclosed-braces", node: null, change: (flow) => (flow.prompts["hello"]!["ru"] = "Вам {{ inputs.age лет") },
  { code: "missing-prompt", node: "say", change: (flow) => delete flow.prompts["hello"]!["en"] },
  { code: "missing-prompt", node: "say", change: (flow) => delete flow.prompts["hello"] },
  {
    code: "unknown-symbol",
    node: "list",
    environment: { lists: ["vip"] },
    change: (flow) => void (flow.nodes["list"] = { type: "list", config: { list: "vpi" }, exits: { found: "end", notFound: "end" } }),
  },
  { code: "outcome-not-declared", node: "end", change: (flow) => (flow.outcomes = []) },
  { code: "unreachable-node", node: "lost", change: (flow) => void (flow.nodes["lost"] = { type: "hangup", config: { outcome: "done" }, exits: {} }) },
  { code: "menu-options", node: "ask", change: (flow) => (flow.nodes["ask"]!.config["choices"] = [..."123456"].map((key) => ({ key, value: "" }))) },
  { code: "menu-depth", node: "m3", change: deepMenus },
  { code: "no-voice", node: "say", environment: { voices: ["ru"] }, change: () => undefined },
  { code: "unused-prompt", node: null, change: (flow) => void (flow.prompts["extra"] = { ru: "x", en: "x" }) },
  { code: "unused-outcome", node: null, change: (flow) => void flow.outcomes.push("never") },
  { code: "step-length", node: "say", change: longStep },
];

function deepMenus(flow: Good): void {
  const exits = (to: string) => ({ "1": to, noInput: "end", invalid: "end" });
  flow.nodes["ask"]!.exits["1"] = "m1";
  for (const [id, to] of [
    ["m1", "m2"],
    ["m2", "m3"],
    ["m3", "end"],
  ] as const)
    flow.nodes[id] = { type: "menu", config: { prompt: "ask", choices: [{ key: "1" }] }, exits: exits(to) };
}

function longStep(flow: Good): void {
  flow.kind = "script";
  flow.prompts["hello"]!["ru"] = "а".repeat(400);
  flow.nodes = { say: { type: "step", config: { say: "hello" }, exits: { next: "end" } }, end: { type: "finish", config: { outcome: "done" }, exits: {} } };
}

describe("rules", () => {
  test("a good flow has nothing to mend", () => expect(checkFlow(parseFlow(good()).flow!)).toEqual([]));

  test.each(rows.map((row, index) => [`${row.code} (${index})`, row] as const))("%s", (_name, row) => {
    const flow = good();
    row.change(flow);
    const issues = checkFlow(parseFlow(flow).flow!, row.environment ?? {});
    const found = issues.filter((issue) => issue.code === row.code);
    expect(found.map((issue) => issue.node)).toContain(row.node);
    for (const issue of found) expect(issue.message.ru.length * issue.message.en.length).toBeGreaterThan(0);
  });

  test("every rule is shown to fire", () => expect(rules.map((rule) => rule.code).filter((code) => !rows.some((row) => row.code === code))).toEqual([]));

  test("an expression error carries the caret", () => {
    const flow = good();
    flow.prompts["hello"]!["ru"] = "Вам {{ inputs.agee + 1 }}";
    const issue = checkFlow(parseFlow(flow).flow!).find((each) => each.code === "unknown-variable")!;
    expect(issue.message.en.split("\n").slice(1)).toEqual(["inputs.agee + 1", "       ^"]);
    expect(flow.prompts["hello"]!["ru"]!.slice(issue.position)).toMatch(/^agee/);
  });

  test("never throws, whatever the flow", () => {
    fc.assert(
      fc.property(randomFlow, (document) => {
        const issues = checkFlow(parseFlow(document).flow!);
        expect(issues.filter((issue) => issue.code === "check-failed")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("documents at the door", () => {
  test("any JSON is read or refused, never thrown", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = parseFlow(value === null || typeof value !== "object" ? JSON.stringify(value) : value);
        expect(parsed.flow === null ? parsed.issues.length : 1).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("a broken template file, byte by byte", () => {
    const source = readFileSync(join(import.meta.dirname, "..", "..", "templates", "after-hours", "flow.json"), "utf8");
    fc.assert(
      fc.property(fc.nat(source.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (place, insert) => {
        const parsed = parseFlow(source.slice(0, place) + insert + source.slice(place + 1));
        if (parsed.flow) checkFlow(parsed.flow);
        else expect(parsed.issues[0]!.message.en.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["{", "not-json"],
    ["[]", "malformed"],
    ['{"sufler":2}', "malformed"],
    [JSON.stringify({ ...good(), nodes: { "Bad.Id": {} } }), "malformed"],
  ])("%s is refused as %s", (source, code) => {
    const parsed = parseFlow(source);
    expect(parsed.flow).toBeNull();
    expect(parsed.issues[0]!.code).toBe(code);
  });
});

test("all templates are free of errors", () => {
  const folder = join(import.meta.dirname, "..", "..", "templates");
  for (const slug of readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)) {
    const { flow } = parseFlow(readFileSync(join(folder, slug, "flow.json"), "utf8"));
    expect(checkFlow(flow!).filter((issue) => issue.severity === "error")).toEqual([]);
  }
});
