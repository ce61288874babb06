import { describe, expect, it } from "vitest";
import { type Language, type SayAs, sayAs } from "../../flows/language/index.ts";
import en from "./en.json" with { type: "json" };
import ru from "./ru.json" with { type: "json" };

const tables: Record<Language, unknown[][]> = { ru, en };
const methods: (keyof SayAs)[] = ["cardinal", "ordinal", "digits", "code", "money", "date", "time", "duration", "phone", "plural"];

function call(language: Language, method: string, args: unknown[]): unknown {
  const speaker: Record<string, unknown> = { ...sayAs(language) };
  return Reflect.apply(speaker[method] as () => unknown, speaker, args);
}

for (const [language, rows] of Object.entries(tables) as [Language, unknown[][]][]) {
  describe(`say-as ${language}`, () => {
    it.each(rows.map(([method, args, expected]) => ({ method: String(method), args: args as unknown[], expected })))(
      "$method $args",
      ({ method, args, expected }) => {
        expect(call(language, method, args)).toBe(expected);
      },
    );

    it.each(methods)("%s gives bad input back as text", (method) => {
      const readsText = ["digits", "code", "date", "time", "phone"].includes(method);
      for (const bad of readsText ? ["", "нет", null, undefined, {}] : [NaN, Infinity, -Infinity, 1e21, "x", null, undefined]) {
        const args = { money: [bad, "RUB"], plural: [bad, ["a", "b"]] }[method as string] ?? [bad];
        if (method === "plural") expect(["a", "b"]).toContain(call(language, method, args));
        else if (method === "code" || bad === "нет") expect(typeof call(language, method, args)).toBe("string");
        else expect(call(language, method, args)).toBe(String(bad));
      }
    });
  });
}
