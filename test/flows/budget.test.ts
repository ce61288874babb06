import { describe, expect, test } from "vitest";
import { evaluate, type Scope } from "../../flows/expressions/evaluate.ts";

/** No expression holds up the thread that carries calls: loops and patterns have a budget for each evaluation. */
const list = Array.from({ length: 30 }, (_, n) => n);
const scope: Scope = {
  inputs: {},
  vars: { l: list, long: Array.from({ length: 300 }, (_, n) => n), m: { a: 1, b: 2 }, text: "a".repeat(2_000) },
  result: {},
  call: {},
  caller: {},
  contact: {},
  now: {},
};
const nested = (loop: (inner: string, name: string) => string, depth: number): string =>
  Array.from({ length: depth }, (_, n) => `x${n}`).reduce((inner, name) => loop(inner, name), "true");

describe("nested loops end with a reason", () => {
  test.each([
    ["map", nested((inner, name) => `vars.l.map(${name}, ${inner})`, 6)],
    ["filter", nested((inner, name) => `size(vars.l.filter(${name}, ${inner})) >= 0`, 6)],
    ["all", nested((inner, name) => `vars.l.all(${name}, ${inner})`, 6)],
    ["exists", nested((inner, name) => `vars.l.exists(${name}, !(${inner}))`, 7)],
    ["three levels over long lists", nested((inner, name) => `vars.long.map(${name}, ${inner})`, 3)],
    ["patterns in a loop", 'vars.long.map(x, vars.text.matches("(a+)+b"))'],
  ])("%s", (_title, source) => {
    for (const language of ["ru", "en"] as const) expect(() => evaluate(source, scope, language)).toThrow(/turns of map|too many long texts/);
  });
});

test.each([
  ["vars.l.map(x, x * 2)[29]", 58],
  ["size(vars.l.filter(x, vars.l.exists(y, y == x + 1)))", 29],
  ["vars.l.all(x, x >= 0)", true],
  ["vars.m.exists(k, vars.m[k] == 2)", true],
  ["size(vars.long.map(x, vars.l.map(y, y)))", 300],
  ["[1, 2].map(x, vars.l.map(y, y + x)[0])[1]", 2],
])("loops in use: %s", (source, value) => expect(evaluate(source, scope, "en")).toEqual(value));

describe("values have a size", () => {
  const grow = (value: unknown, source: string) => {
    let vars: Record<string, unknown> = { v: value };
    for (let n = 0; n < 40; n++) vars = { v: evaluate(source, { ...scope, vars }, "en") };
  };
  test.each([
    ["a text that doubles", "ab", "vars.v + vars.v"],
    ["a list that doubles", [1], "vars.v + vars.v"],
    ["a list of itself", [1], "[vars.v, vars.v]"],
    ["a map of itself", { a: 1 }, "{'a': vars.v, 'b': vars.v}"],
  ])("%s", (_title, value, source) => expect(() => grow(value, source)).toThrow(/more than 1000000/));
  test("a number has one, too", () => expect(() => evaluate("1e300 * 1e300", scope, "en")).toThrow(/larger than any number/));
});
