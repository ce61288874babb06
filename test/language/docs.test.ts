/** The page about texts cannot lie: its examples are rendered, its command is run, and no function is left out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { render, renderShown, type Scope } from "../../flows/expressions/evaluate.ts";
import { textFunctions } from "../../flows/expressions/text-functions.ts";
import type { Language } from "../../flows/language/index.ts";
import { run } from "../journeys/process.ts";

const root = join(import.meta.dirname, "..", "..");
const people: Record<Language, { contact: string; operator: string }> = {
  ru: { contact: "Иванова Любовь Петровна", operator: "Анна" },
  en: { contact: "Mary Smith", operator: "Ann" },
};
const scopeOf = (language: Language): Scope => ({
  inputs: {},
  vars: { age: 20, count: 3, sum: 1250.5 },
  result: {},
  call: {},
  caller: { number: "+79990000107" },
  contact: { name: people[language].contact },
  operator: { name: people[language].operator, gender: "f" },
  now: { date: "2026-11-23", time: "09:05", hour: 9, minute: 5, weekday: 1 },
});

describe.each(["ru", "en"] as const)("docs/%s/texts.md", (language) => {
  const page = readFileSync(join(root, "docs", language, "texts.md"), "utf8");
  const rows = [...page.matchAll(/^\| ([^|`]+) \| `([^`]*\{\{[^`]*)` \| (.*) \| (.*) \|$/gm)].map(([, what, text, said, shown]) => ({
    what,
    text: text!,
    said,
    shown,
  }));

  it("has its examples", () => expect(rows.length).toBeGreaterThanOrEqual(language === "ru" ? 55 : 30));

  it.each(rows)("$text", ({ text, said, shown }) => {
    const scope = scopeOf(language);
    expect([render(text, scope, language), renderShown(text, scope, language)]).toEqual([said, shown]);
  });

  it.each(Object.keys(textFunctions))("names %s", (name) => expect(page).toMatch(new RegExp(`\\b${name}(\\(|\`| )`)));

  it("prints what the command prints", async () => {
    const block = /```\nnpx sufler text "([^"]+)"(?: --lang en)? --vars '([^']+)'\n([\s\S]*?)```/.exec(page)!;
    const { code, output } = await run(join(root, "bin", "sufler.mjs"), ["text", block[1]!, "--lang", language, "--vars", block[2]!], {});
    expect([code, output]).toEqual([0, block[3]]);
  });
});
