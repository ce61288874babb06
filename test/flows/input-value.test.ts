import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberWithin } from "../../flows/nodes/tunable.ts";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import { inputProblem, inputProblems } from "../../flows/schema/input-value.ts";
import type { Value } from "../../flows/schema/values.ts";

const mode: FlowVariable = { type: "string", title: { ru: "Режим", en: "Mode" }, options: [{ value: "busy" }, { value: "always" }] };
const ring: FlowVariable = { type: "number", min: 5, max: 60 };

describe("what a client fills in", () => {
  test.each<[string, FlowVariable, Value | undefined, RegExp | null]>([
    ["one of the choices", mode, "busy", null],
    ["nothing chosen", mode, undefined, null],
    ["an empty field", mode, "", null],
    ["a word that is no choice", mode, "sometimes", /busy, always/],
    ["another type than the choices", { type: "number", options: [{ value: 1 }] }, "1", /not one of the choices: 1/],
    ["within the bounds", ring, 5, null],
    ["under the bounds", ring, 4, /from 5 to 60/],
    ["over the bounds", ring, 61, /at most 60/],
    ["a lower bound alone", { type: "money", min: 0 }, -1, /from 0$/],
    ["a word for a number", ring, "twelve", /not a number/],
    ["a word for yes", { type: "boolean" }, "yes", /is not yes or no/],
    ["any text", { type: "string" }, "что угодно", null],
  ])("%s", (_name, variable, value, expected) => {
    const problem = inputProblem(variable, value);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem?.en).toMatch(expected);
    expect(problem?.ru ?? "а").toMatch(/[а-я]/);
  });

  test("problems name the field as the client sees it, values of other names are left alone", () => {
    const problems = inputProblems({ mode, ring }, { mode: "x", ring: 12, stray: "y" });
    expect(problems.map(({ name, message }) => [name, message.ru.startsWith("«Режим»")])).toEqual([["mode", true]]);
  });
});

describe("a number that comes from an expression", () => {
  test("always lies within the bounds of the form", () => {
    const range = fc.tuple(fc.integer(), fc.nat()).map(([min, more]) => ({ min, max: min + more }));
    fc.assert(
      fc.property(range, fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer().map(String)), ({ min, max }, value) => {
        const number = numberWithin(value, { min, max });
        expect(number).toBeGreaterThanOrEqual(min);
        expect(number).toBeLessThanOrEqual(max);
        if (Number(value) >= min && Number(value) <= max) expect(number).toBe(Number(value));
      }),
    );
  });

  test.each<[Value]>([[null], [""], ["  "], ["час"], [true], [[1]], [{ a: 1 }], [Number.NaN]])("%j is no number", (value) => {
    expect(() => numberWithin(value, { min: 5, max: 60 })).toThrow(/5 to 60/);
  });
});
