import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseEnvironment, compileExpression } from "../../flows/expressions/cel.ts";
import { evaluate, render, type Scope } from "../../flows/expressions/evaluate.ts";
import { splitTemplate } from "../../flows/expressions/template.ts";

const scope: Scope = {
  inputs: { company: "Ромашка", total: 21.5 },
  vars: { n: 3, list: [1, 2], text: "да", none: null },
  result: {},
  call: {},
  caller: { number: "+79990000001" },
  contact: {},
  now: {},
};

describe("flow numbers are doubles", () => {
  test.each<[string, unknown]>([
    ["vars.n + 1", 4],
    ["5 / 2", 2.5],
    ["size(vars.list)", 2],
    ["size(vars.list) / 4", 0.5],
    ["size(vars.list) / size(vars.list)", 1],
    ["vars.n % 2", 1],
    ["7 % 4", 3],
    ["vars.n == 3", true],
    ["vars.n in [1, 3]", true],
    ["vars.list[0]", 1],
    ["vars.list[vars.n - 2]", 2],
    ["vars.list.map(x, x * 2)", [2, 4]],
    ["vars.list.exists(x, x > 1)", true],
    ["vars.text.size()", 2],
    ["'абв'.substring(1)", "бв"],
    ["round(2.5)", 3],
    ["round(-2.5)", -3],
    ["min(2, 1)", 1],
    ["vars.n > 2 && vars.n < 5", true],
    ["-vars.n", -3],
    ["contact.?vip.orValue(false)", false],
    ["has(vars.nobody)", false],
    ["vars.none == null", true],
    ["vars.none == 'x'", false],
    ["{'a': 1}", { a: 1 }],
    ["vars.n > 2 ? 'много' : 'мало'", "много"],
  ])("%s", (source, value) => expect(evaluate(source, scope, "ru")).toEqual(value));

  test("results are JSON: no BigInt leaves", () => {
    const sources = ["1", "[1, 2]", "{'a': [1]}", "size('abc')", "int(3.7)", "1 + 2 * 3"];
    for (const source of sources) expect(() => JSON.stringify(evaluate(source, scope, "ru"))).not.toThrow();
  });
});

describe("texts", () => {
  test.each<[string, string]>([
    ["Здравствуйте, {{ inputs.company }}!", "Здравствуйте, Ромашка!"],
    ["{{ vars.none }}.", "."],
    ["{{ vars.n }} и {{ inputs.total }}", "3 и 21.5"],
    ["{{ money(inputs.total, 'RUB') }}", "двадцать один рубль пятьдесят копеек"],
    ["{{ vars.list }}", "1, 2"],
    ["{{ '}}' }}", "}}"],
    ["{{ {'a': {'b': 1}}.a.b }}", "1"],
    ["без выражений", "без выражений"],
    ["{{ plural(vars.n, ['день', 'дня', 'дней']) }}", "дня"],
  ])("%s", (source, text) => expect(render(source, scope, "ru")).toBe(text));

  test("parts put together give the text back", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const { parts } = splitTemplate(text);
        const plain = parts.map((part) => ("text" in part ? part.text : "")).join("");
        if (!text.includes("{{")) expect(plain).toBe(text);
      }),
    );
  });
});

test("no text as an expression hangs or does anything but give a value or an Error", () => {
  const pieces = fc.array(
    fc.constantFrom(
      "vars",
      ".",
      "n",
      "(",
      ")",
      "[",
      "]",
      "+",
      "/",
      "1",
      "'a'",
      "?",
      ":",
      "{",
      "}",
      "map",
      "x",
      ",",
      " in ",
      "size",
      "&&",
      "!",
      "\n",
      "ё",
      "1e999",
      "0x",
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 80 }),
        pieces.map((list) => list.join("")),
      ),
      (source) => {
        try {
          JSON.stringify(evaluate(source, scope, "en"));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

describe("regular expressions end", () => {
  const long = `${"a".repeat(40)}!`;
  const bounded: [string, string, boolean][] = [
    ["(a+)+$", long, false],
    ["^(a|a)*$", long, false],
    ["(a|aa)+$", long, false],
    ["([a-z]+)*@", long, false],
    ["(.*a){12}b", "a".repeat(200), false],
    ["^(\\\\w+\\\\s?)*$", `${"a ".repeat(40)}!`, false],
    ["(a+)+$", "a".repeat(40), true],
    ["^\\\\+7\\\\d{10}$", "+79990000001", true],
    ["(?i)москва", "город МОСКВА", true],
    ["Ромашк[аи]", "ООО «Ромашка»", true],
  ];
  test.each(bounded)("%s on %s", (pattern, text, fits) =>
    expect(evaluate(`vars.long.matches("${pattern}")`, { ...scope, vars: { long: text } }, "ru")).toBe(fits),
  );

  test("a pattern that is a value, and one inside a comprehension, are the same", () => {
    const vars = { long, pattern: "(a+)+$", all: [long, "aaa"] };
    expect(evaluate("vars.long.matches(vars.pattern)", { ...scope, vars }, "ru")).toBe(false);
    expect(evaluate("vars.all.exists(each, each.matches('(a+)+$'))", { ...scope, vars }, "ru")).toBe(true);
    expect(render("{{ vars.long.matches('(a+)+$') ? 'да' : 'нет' }}", { ...scope, vars }, "ru")).toBe("нет");
  });

  test("a text that is too long for its pattern is a fault with a reason, not a wait", () => {
    const vars = { long: "a".repeat(200_000) };
    expect(() => evaluate("vars.long.matches('(a+)+$')", { ...scope, vars }, "ru")).toThrow(/too long for this pattern/);
    expect(() => evaluate("'a'.matches(vars.long)", { ...scope, vars }, "ru")).toThrow(/longer than 1000 characters/);
  });

  test.each(["(?=a)b", "(?<!a)b", "(a)\\\\1", "[", "a{2000}"])("a pattern that cannot be used is said while drawing: %s", (pattern) => {
    const compiled = compileExpression(baseEnvironment("ru"), `'x'.matches("${pattern}")`);
    expect(compiled).toMatchObject({ error: { position: 12 } });
    expect("error" in compiled && compiled.error.russian).toMatch(/^шаблон matches не подходит/);
  });

  test("a mistake names what was written", () => {
    const compiled = compileExpression(baseEnvironment("ru"), "'x'.matches(1)");
    expect("error" in compiled && compiled.error.message).not.toContain("Safely");
  });
});
