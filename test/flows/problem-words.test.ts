import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { problemWords } from "../../flows/schema/problem-words.ts";

const raw = /Invalid|Too (small|big)|Unrecognized|received|undefined/;
const rows: [string, z.ZodType, unknown, string, string][] = [
  ["a missing text", z.object({ name: z.string() }), {}, '"name": is missing: it must be text', "«name»: не заполнено, нужно: текст"],
  ["another type", z.object({ name: z.string() }), { name: 5 }, '"name": must be text, not a number', "«name»: нужно: текст, а здесь число"],
  ["a fraction", z.object({ n: z.int() }), { n: 1.5 }, '"n": must be a whole number, not a number', "«n»: нужно: целое число, а здесь число"],
  ["none of the choices", z.enum(["a", "b"]), "c", 'must be one of "a", "b"', 'должно быть одно из: "a", "b"'],
  ["not the one value", z.literal(2), 3, "must be 2", "должно быть 2"],
  [
    "a strange field",
    z.strictObject({}),
    { x: 1 },
    'unknown fields: "x". Remove them or check the spelling',
    'здесь нет таких полей: "x". Уберите их или проверьте написание',
  ],
  ["an empty text", z.string().min(1), "", "must not be empty", "не может быть пустым"],
  ["a long text", z.string().max(3), "abcd", "must have at most 3 characters", "знаков: не больше 3"],
  ["a short list", z.array(z.number()).min(2), [1], "must have at least 2 entries", "строк в списке: не меньше 2"],
  ["a large number", z.number().max(9), 10, "must be at most 9", "не больше 9"],
  ["not above the bound", z.number().positive(), 0, "must be more than 0", "должно быть больше 0"],
  ["a form", z.string().regex(/^a$/), "b", "has the wrong format", "записано не так, как нужно"],
  ["a bad key", z.record(z.string().max(1), z.number()), { long: 1 }, '"long": must have at most 1 characters', "«long»: знаков: не больше 1"],
  ["a union", z.union([z.string(), z.object({ a: z.number() })]), { a: "x" }, "must be text", "нужно: текст"],
];

describe("a problem of a schema", () => {
  test.each(rows)("%s", (_name, schema, value, en, ru) => {
    const [problem] = schema.safeParse(value).error!.issues;
    expect([problemWords(problem!, "en"), problemWords(problem!, "ru")]).toEqual([expect.stringContaining(en), expect.stringContaining(ru)]);
    expect(problemWords(problem!, "en") + problemWords(problem!, "ru")).not.toMatch(raw);
  });

  test("keeps our own words", () => {
    const schema = z.string().refine(() => false, { message: "write a day", params: { ru: "укажите день" } });
    const [problem] = schema.safeParse("x").error!.issues;
    expect([problemWords(problem!, "en"), problemWords(problem!, "ru")]).toEqual(["write a day", "укажите день"]);
  });

  test("of a document that is no flow is told in sentences, in both languages", () => {
    const { issues } = parseFlow({ zone: "x", nodes: [] });
    expect(issues.length).toBeGreaterThan(3);
    for (const { message } of issues) expect(message.ru + message.en).not.toMatch(raw);
    expect(issues.every(({ message }) => /[а-я]/.test(message.ru))).toBe(true);
  });
});

test("the form of names is told in the language of the reader", async () => {
  const { idSchema, nameSchema, promptKeySchema } = await import("../../flows/schema/ids.ts");
  for (const schema of [idSchema, nameSchema, promptKeySchema]) {
    const [problem] = schema.safeParse("Не имя!").error!.issues;
    expect(problemWords(problem!, "ru")).toMatch(/латинская буква/);
    expect(problemWords(problem!, "en")).toMatch(/letter, then/);
  }
});
