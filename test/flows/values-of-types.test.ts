import { describe, expect, test } from "vitest";
import { applyFix, checkFlow } from "../../flows/check/index.ts";
import { evaluate, render, type Scope } from "../../flows/expressions/evaluate.ts";
import { inputProblem } from "../../flows/schema/input-value.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

/** A value keeps its type, or the mistake is told: at the check where it is known, as a fault where it is not. */
const scope = (vars: Record<string, unknown> = {}): Scope => ({ inputs: {}, vars, result: {}, call: {}, caller: {}, contact: {}, now: {} });

describe("division by zero", () => {
  test.each(["1 / 0", "1 % 0", "1 / 0.0", "vars.a / vars.zero", "vars.a % vars.zero", "vars.a / (vars.a - vars.a)", "size([1]) / size([])"])(
    "%s is a fault",
    (source) => {
      expect(() => evaluate(source, scope({ a: 5, zero: 0 }), "ru")).toThrow(/division by zero|деление на ноль/);
    },
  );
  test.each<[string, number]>([
    ["vars.a / vars.b", 2.5],
    ["vars.a % vars.b", 1],
    ["5 / 2", 2.5],
    ["vars.a / 2", 2.5],
    ["10 / size([1, 2])", 5],
  ])("%s", (source, value) => expect(evaluate(source, scope({ a: 5, b: 2 }), "ru")).toBe(value));
  test("in a text", () => expect(() => render("{{ 1/0 }}", scope(), "ru")).toThrow());
});

const end = { served: { type: "hangup", config: { outcome: "served" } }, left: { type: "hangup", config: { outcome: "left" } } };
const flowOf = (nodes: object, extra: object = {}) =>
  parseFlow({
    sufler: 2,
    id: "v",
    kind: "ivr",
    title: {},
    languages: ["ru"],
    outcomes: ["served", "left"],
    prompts: {},
    start: "a",
    nodes: { ...nodes, ...end },
    ...extra,
  }).flow!;
const run = (flow: ReturnType<typeof flowOf>, given: object = {}) =>
  runConversation(flow, conversationSchema.parse({ title: "t", given, talk: [], expect: {} }));
const codes = (flow: ReturnType<typeof flowOf>) => checkFlow(flow, {}).map((issue) => issue.code);

test("the check foresees a written division by zero, in a text and in a form", () => {
  const said = flowOf({ a: { type: "say", config: { prompt: "p" }, exits: { next: "served" } } }, { prompts: { p: { ru: "{{ 1/0 }}" } } });
  const asked = flowOf({ a: { type: "condition", config: { when: "1 / 0 > 2" }, exits: { yes: "served", no: "left" } } });
  for (const flow of [said, asked])
    expect(checkFlow(flow, {}).find((issue) => issue.message.ru.includes("деление на ноль"))).toMatchObject({ severity: "error" });
});

describe("text into a number variable", () => {
  const put = (value: string, type = "number") =>
    flowOf(
      { a: { type: "set", config: { assign: [{ name: "age", value }] }, exits: { next: "served", error: "left" } } },
      { variables: { age: { type }, word: { type: "string", default: "десять" } } },
    );

  test.each([
    ["number", "'восемнадцать'"],
    ["number", "vars.word"],
    ["money", "'много'"],
    ["number", "1 > 2"],
    ["boolean", "'да'"],
    ["boolean", "1 + 1"],
  ])("%s = %s: refused by the check and at set", (type, value) => {
    const flow = put(value, type);
    expect(codes(flow)).toContain("set-type");
    const { result, vars } = run(flow);
    expect([result.outcome, result.faults[0]?.code, vars["age"] ?? null]).toEqual(["left", "bad-value", null]);
  });

  test.each<[string, string, unknown]>([
    ["number", "18", 18],
    ["number", "'18'", 18],
    ["number", "'1 250,50'", 1250.5],
    ["number", "null", null],
    ["boolean", "1 < 2", true],
    ["string", "18", 18],
  ])("%s = %s: taken", (type, value, kept) => {
    const flow = put(value, type);
    expect(codes(flow)).not.toContain("set-type");
    const { result, vars } = run(flow);
    expect([result.outcome, vars["age"]]).toEqual(["served", kept]);
  });
});

test.each(["date('30.02.2026')", "time('9:5')", "[1, 2][5]", "{'a': 1}.b", "money('1,25,000', 'RUB')", "'a'.matches('(')", "1e300 * 1e300"])(
  "%s fails in every call: the check says so",
  (source) => {
    const issues = checkFlow(flowOf({ a: { type: "set", config: { assign: [{ name: "x", value: source }] }, exits: { next: "served" } } }), {});
    expect(issues.filter(({ node, severity }) => node === "a" && severity === "error")).toHaveLength(1);
  },
);
test.each(["date('28.02.2026')", "now.hour + 1", "[1, 2][1]", "operatorForm('рад', 'рада')", "orElse(contact.x, 'нет')", "callZone == ''"])(
  "%s is not judged",
  (source) => {
    const issues = checkFlow(flowOf({ a: { type: "set", config: { assign: [{ name: "x", value: source }] }, exits: { next: "served" } } }), {});
    expect(issues.filter(({ node, severity }) => node === "a" && severity === "error")).toEqual([]);
  },
);

describe("a column of the contact as a number", () => {
  const owes = (when: string) => flowOf({ a: { type: "condition", config: { when }, exits: { yes: "served", no: "left" } } });

  test.each(["contact.debt > 1000", "1000 < contact.debt", "contact.debt * 2 > 10", "contact.age + 1 > 18"])(
    "%s: warned of, with a fix that is silent and works with text",
    (when) => {
      const flow = owes(when);
      const issue = checkFlow(flow, {}).find((each) => each.code === "contact-number")!;
      expect(issue.severity).toBe("warning");
      const mended = applyFix(flow, issue.fixes![0]!);
      expect(codes(mended)).not.toContain("contact-number");
      expect(run(mended, { contact: { debt: "1500", age: "20" } }).result).toMatchObject({ outcome: "served", faults: [] });
      expect(run(mended, { contact: { debt: 1500, age: 20 } }).result).toMatchObject({ outcome: "served", faults: [] });
    },
  );

  test.each(["contact.city == 'Омск'", "number(contact.debt) > 1000", "contact.name + '!' == 'a'", "contact.city > 'А'", "size(contact.tags) > 0"])(
    "%s: nothing to warn of",
    (when) => {
      expect(codes(owes(when))).not.toContain("contact-number");
    },
  );
});

describe("inputs of a written form", () => {
  const fits = (type: "date" | "time" | "datetime" | "phone", value: Value) => inputProblem({ type, title: {} } as never, value) === null;
  test.each([
    ["date", ["2026-11-23", ""], ["31.12.2020", "2030-02-30", "tomorrow", "2026-11-23T10:00", 5, true]],
    ["time", ["09:05", "23:59", null], ["9:05", "25:00", "9:5", "noon", "24:01", 9]],
    ["datetime", ["2026-11-23T09:05", "2026-11-23T09:05:00+03:00", "2026-11-23"], ["x", "23.11.2026 10:00", "2026-02-30T10:00", "10:00"]],
    ["phone", ["1004", "+7 916 123-45-67", "8 (495) 000-00-01", "*8" + "12"], ["abc", "нет", " ", "1004, 1005", "1", "+7916123456789012345", ["1004"]]],
  ] as const)("%s", (type, good, bad) => {
    for (const value of good) expect([value, fits(type, value as Value)]).toEqual([value, true]);
    for (const value of bad) expect([value, fits(type, value as unknown as Value)]).toEqual([value, false]);
  });
});
