/** Texts with holes: whatever the data lack, nobody hears or sees it. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { typedEnvironment } from "../../flows/expressions/typed-environment.ts";
import { compileExpression } from "../../flows/expressions/cel.ts";
import { evaluate, render, renderShown, type Scope } from "../../flows/expressions/evaluate.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

const scopeOf = (vars: Record<string, unknown>, more: Partial<Scope> = {}): Scope => ({
  inputs: {},
  vars,
  result: {},
  call: {},
  caller: {},
  contact: {},
  now: { date: "2026-11-22" },
  ...more,
});

describe("a value that is not there", () => {
  test.each<[string, string]>([
    ["Здравствуйте, {{ vars.x }}!", "Здравствуйте!"],
    ["Уважаемый клиент {{ vars.x }}!", "Уважаемый клиент!"],
    ["{{ vars.x }}, здравствуйте!", "Здравствуйте!"],
    ["Добрый день. {{ vars.x }}, ваш заказ готов.", "Добрый день. Ваш заказ готов."],
    ["Добрый день! {{ vars.x }} Слушаю вас.", "Добрый день! Слушаю вас."],
    ["{{ vars.x }} Слушаю вас.", "Слушаю вас."],
    ["({{ vars.x }} лет)", "(лет)"],
    ["Нажмите один.{{ vars.x }} Дальше.", "Нажмите один. Дальше."],
    ["Нажмите один.{{ ' Или два.' }} Дальше.", "Нажмите один. Или два. Дальше."],
    ["{{ 'Готово. ' }}Дальше{{ ' сам' }}.", "Готово. Дальше сам."],
    ["Здравствуйте, {{ ' Анна ' }}!", "Здравствуйте, Анна!"],
    ["Ваш заказ {{ vars.x }} готов.", "Ваш заказ готов."],
    ["Ваш заказ {{ vars.x }}, готов.", "Ваш заказ, готов."],
    ["Звонит {{ vars.x }}, {{ vars.x }}, спасибо.", "Звонит, спасибо."],
    ["{{ vars.x }} {{ vars.x }}", ""],
    ["{{ vars.x }}.", "."],
    ["Город: {{ vars.x }}.", "Город."],
    ["Город — {{ vars.x }}.", "Город."],
    ["Город: {{ vars.x }}", "Город"],
    ["Готово. {{ vars.x }}. Дальше.", "Готово. Дальше."],
    ["Компания «{{ vars.x }}» (ИНН {{ vars.x }}) рада вам.", "Компания (ИНН) рада вам."],
    ["Строка\n{{ vars.x }}\nдругая", "Строка\n\nдругая"],
    ["  - отступ {{ vars.x }}\n  - остаётся", "  - отступ\n  - остаётся"],
    ["Номер {{ vars.x }}12", "Номер 12"],
    ["Да, ... {{ vars.x }}", "Да, ..."],
    ["{{ orElse(vars.x, 'Клиент') }}, здравствуйте!", "Клиент, здравствуйте!"],
    ["Здравствуйте{{ vars.x == null ? '' : ', ' + vars.x }}!", "Здравствуйте!"],
    ["К оплате {{ money(vars.x, 'RUB') }}.", "К оплате."],
    ["Ждём вас {{ date(vars.x, 'gen') }} в {{ time('10:00') }}.", "Ждём вас в десять часов."],
    ["Здравствуйте, {{ contact.name }}!", "Здравствуйте!"],
    ["Здравствуйте, {{ contact['Имя клиента'] }}!", "Здравствуйте!"],
    ["Здравствуйте, {{ address(contact.name) }}!", "Здравствуйте!"],
    ["Вас слушает {{ operator.name }}. {{ operatorForm('Рад', 'Рада', 'Рады') }} помочь!", "Вас слушает. Рады помочь!"],
    ["Итого {{ 'сумма ' + vars.x }}", "Итого сумма"],
    ["{{ joined(['а', vars.x, 'б']) }}", "а и б"],
  ])("%s", (text, expected) => {
    for (const x of [null, "", "  ", "null", "NaN", "undefined", "[object Object]"]) {
      if (typeof x === "string" && /==|\+/.test(text)) continue;
      expect(render(text, scopeOf({ x }), "ru")).toBe(expected);
      expect(renderShown(text, scopeOf({ x }), "ru").replace("10:00", "десять часов")).toBe(expected);
    }
  });

  test("what goes to programs keeps every space", () => {
    const scope = scopeOf({ x: null, name: "Иван  Петров", list: { a: null } });
    expect(render('{ "name":  "{{ vars.x }}", "n" : "{{ vars.name }}", "m": {{ vars.list }} }', scope, "ru")).toBe(
      '{ "name":  "", "n" : "Иван  Петров", "m": {"a":null} }',
    );
    expect(render("https://crm.example/?q={{ vars.name }} ,!", scope, "ru")).toBe("https://crm.example/?q=Иван  Петров ,!");
    expect(render("{{ json(vars.list) }}", scope, "ru")).toBe('{"a":null}');
  });

  test("a name that the flow itself lacks is still a fault", () => {
    expect(() => render("{{ vars.nope }}", scopeOf({}), "ru")).toThrow(/nope/);
  });
});

/** Texts as people write them: words, commas, expressions and an end. */
const names = ["a", "b", "c", "d"];
const expressions = names.flatMap((name) =>
  ["$", "money($, 'RUB')", "date($, 'gen')", "time($)", "words($)", "ordinal($, 'f')", "phone($)", "count($, ['раз', 'раза', 'раз'])", "duration($, 's')"]
    .concat(["address($)", "fullName($, 'dat')", "joined([$, $])", "orElse($, '')", "'' + $", "upper($)", "byGender($, 'рад', 'рада')", "digits($)", "code($)"])
    .map((source) => `{{ ${source.replaceAll("$", `vars.${name}`)} }}`),
);
const word = fc.constantFrom("Здравствуйте", "ваш заказ", "готов", "№", "итого", "«Ромашка»");
const item = fc.oneof({ weight: 1, arbitrary: word }, { weight: 2, arbitrary: fc.constantFrom(...expressions) });
const template = fc
  .tuple(item, fc.array(fc.tuple(fc.constantFrom(" ", ", ", ". ", " — ", "! "), item), { maxLength: 8 }), fc.constantFrom("", ".", "!", "?", "…"))
  .map(([first, rest, end]) => first + rest.map((pair) => pair.join("")).join("") + end);
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    " ",
    "null",
    "NaN",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "2026-13-40",
    "Иван",
    "Иван  Петров",
    " , ",
    "!",
    {},
    { x: null },
    [],
    [null, "а"],
  ),
  fc.double({ noNaN: false }),
  fc.integer(),
);

/** Concatenation with a number or a map is a fault of the flow, not a text. */
function rendered(text: string, scope: Scope, language: "ru" | "en"): string[] {
  try {
    return [render(text, scope, language), renderShown(text, scope, language)];
  } catch (error) {
    expect(String(error)).toMatch(/no such overload|overload|is not a (date|time|number)|larger than any number/);
    return [];
  }
}

it("never prints null, undefined, NaN, objects, doubled spaces or stray commas, whatever the data lack", () => {
  let seen = 0;
  fc.assert(
    fc.property(template, fc.record(Object.fromEntries(names.map((name) => [name, value]))), fc.constantFrom("ru", "en"), (text, vars, language) => {
      for (const result of rendered(text, scopeOf(vars), language)) {
        seen++;
        expect(result).not.toMatch(/null|undefined|NaN|\[object| {2}| ,|, !|,!|^,|\( \)|«»/);
      }
    }),
    { numRuns: 5000 },
  );
  expect(seen).toBeGreaterThan(5000);
});

it("a text without an expression comes back byte for byte", () => {
  const odd = fc.array(fc.constantFrom("  ", " ,", ", !", "«»", "( )", "null", "NaN", "{", "}", "а", "\n", "\uFDD0", ".", "..", "}}"), { maxLength: 20 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        odd.map((list) => list.join("")),
      ),
      (text) => {
        fc.pre(!text.includes("{{"));
        expect(render(text, scopeOf({}), "ru")).toBe(text);
        expect(renderShown(text, scopeOf({}), "en")).toBe(text);
      },
    ),
  );
});

it("values that are all there stand in the text as they are", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[а-яё]{1,12}$/), fc.stringMatching(/^[а-яё]{1,12}$/), (a, b) => {
      const text = "Здравствуйте, {{ vars.a }}! Заказ «{{ vars.b }}» ({{ vars.a }}): готов.";
      expect(render(text, scopeOf({ a, b }), "ru")).toBe(`Здравствуйте, ${a}! Заказ «${b}» (${a}): готов.`);
    }),
  );
});

describe("options that a function does not know", () => {
  const { flow } = parseFlow(
    JSON.stringify({ sufler: 1, id: "f", kind: "ivr", title: { ru: "Ф" }, languages: ["ru"], start: "a", nodes: { a: { type: "hangup", config: {} } } }),
  );
  const rows: [string, RegExp, RegExp, number][] = [
    ["ordinal(3, 'vin')", /ordinal: "vin" is not an option/, /непонятно «vin»/, 11],
    ["ordinal(3, {'gendre': 'f'})", /unknown option "gendre"/, /нет настройки «gendre»/, 12],
    ["ordinal(3, {'case': 'vin'})", /unknown case "vin"/, /нет падежа «vin»/, 12],
    ["1 > 2 ? 'a' : money(1, 'RUB', {'case': 'vin'})", /unknown case "vin"/, /нет падежа/, 31],
    ["date('2026-11-22', {'year': 'yes'})", /unknown value of year "yes"/, /значения year/, 20],
    ["duration(1, 'years')", /unknown unit "years"/, /нет единицы «years»/, 12],
    ["words(1, {'year': true})", /unknown option "year"/, /нет настройки «year»/, 10],
    ["fullName('Иван', 'vin')", /"vin" is not an option/, /непонятно/, 17],
    ["joined(['а'], 'xor')", /"xor" is not an option/, /непонятно/, 14],
  ];
  test.each(rows)("%s is an error at design time, with its place", (source, english, russian, position) => {
    const result = compileExpression(typedEnvironment(flow!, [])(source), source);
    expect(result).toMatchObject({ error: { message: expect.stringMatching(english), russian: expect.stringMatching(russian), position } });
  });

  test.each<[string, RegExp]>([
    ["ordinal(3, vars.word)", /ordinal: "vin" is not an option/],
    ["ordinal(3, {'case': vars.word})", /unknown case "vin"/],
    ["ordinal(3, {vars.word: 'f'})", /unknown option "vin"/],
    ["duration(1, vars.word)", /unknown unit "vin"/],
  ])("%s is a fault with a clear sentence during the call", (source, message) => {
    expect(() => evaluate(source, scopeOf({ word: "vin" }), "ru")).toThrow(message);
    expect(() => evaluate(source.replace("duration(1, vars.word)", "1"), scopeOf({ word: null }), "ru")).not.toThrow(/vin/);
  });

  test("an option that is null counts as not given", () => {
    expect(evaluate("ordinal(3, {'gender': vars.x, 'case': vars.x})", scopeOf({ x: null }), "ru")).toBe("третий");
    expect(evaluate("ordinal(3, vars.x)", scopeOf({ x: null }), "ru")).toBe("третий");
  });
});

describe("the operator", () => {
  const text = "{{ operatorForm('Рад', 'Рада') }} помочь, меня зовут {{ operator.name }}";
  test.each([
    [{ name: "Анна", gender: "f" }, "Рада помочь, меня зовут Анна"],
    [{ name: "Анна" }, "Рада помочь, меня зовут Анна"],
    [{ name: "Анна", gender: null }, "Рада помочь, меня зовут Анна"],
    [{ name: "Пётр", gender: "м" }, "Рад помочь, меня зовут Пётр"],
    [undefined, "Рад помочь, меня зовут"],
    [null, "Рад помочь, меня зовут"],
  ])("%j", (operator, expected) => {
    expect(render(text, scopeOf({}, { operator }), "ru")).toBe(expected);
  });

  test("getters of the scope are not touched on the way", () => {
    let asked = 0;
    const scope = {
      ...scopeOf({}),
      get now() {
        asked++;
        return {};
      },
    };
    asked = 0;
    expect(evaluate("operator.name", scope, "ru")).toBe("");
    expect(asked).toBe(0);
  });
});
