import { describe, expect, it } from "vitest";
import { evaluate, renderShown, render, type Scope } from "../../flows/expressions/evaluate.ts";
import { type GrammaticalCase, type Language, namesIn } from "../../flows/language/index.ts";
import golden from "./golden.json" with { type: "json" };

/** Names, dates and sums as a person would say them: written by hand, line by line, never copied from what the program says. */
const scope: Scope = { inputs: {}, vars: {}, result: {}, call: {}, caller: {}, contact: {}, now: {} };
const oblique: GrammaticalCase[] = ["gen", "dat", "acc", "ins", "pre"];

it("has at least 200 names, dates and sums", () => {
  expect(golden.names.length + golden.dates.length + golden.sums.length).toBeGreaterThanOrEqual(200);
});

describe("names in six cases", () => {
  it.each(golden.names.map(([name, ...forms]) => ({ name: name!, forms })))("$name", ({ name, forms }) => {
    expect(oblique.map((each) => namesIn("ru").fullName(name, { case: each }))).toEqual(forms);
  });
});

describe("people", () => {
  it.each(golden.people.map(([source, said]) => ({ source: source!, said })))("$source", ({ source, said }) => {
    expect(evaluate(source, scope, "ru")).toBe(said);
  });
});

const tables: [string, Language, string[][]][] = [
  ["dates", "ru", golden.dates],
  ["sums", "ru", golden.sums],
  ["numbers", "ru", golden.numbers],
  ["english", "en", golden.english],
];
describe.each(tables)("%s", (_title, language, rows) => {
  it.each(rows.map(([source, said, shown]) => ({ source: source!, said, shown })))("$source", ({ source, said, shown }) => {
    const text = `{{ ${source} }}`;
    expect([render(text, scope, language), renderShown(text, scope, language)]).toEqual([said, shown]);
  });
});
