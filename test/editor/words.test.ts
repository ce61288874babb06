import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import en from "../../editor/i18n/en.json" with { type: "json" };
import ru from "../../editor/i18n/ru.json" with { type: "json" };
import { nodeGroups } from "../../flows/nodes/define-node.ts";
import { exitsOf } from "../../flows/nodes/define-node.ts";
import { nodeList } from "../../flows/nodes/index.ts";
import { valueTypes } from "../../flows/schema/values.ts";

const root = join(import.meta.dirname, "..", "..", "editor");
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
const plural = (key: string): string => key.replace(/_(one|few|many|other)$/, "");
const words = { ru: ru as Record<string, string>, en: en as Record<string, string> };
const known = { ru: new Set(Object.keys(ru).map(plural)), en: new Set(Object.keys(en).map(plural)) };

test("both languages have the same keys", () => {
  expect([...known.ru].filter((key) => !known.en.has(key))).toEqual([]);
  expect([...known.en].filter((key) => !known.ru.has(key))).toEqual([]);
});

test("every key written in the source exists", () => {
  const missing = files(root).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\b(?:t|translate)\("([^"]+)"/g)]
      .map((match) => match[1]!)
      .filter((key) => !known.ru.has(key) || !known.en.has(key)),
  );
  expect([...new Set(missing)]).toEqual([]);
});

test("keys put together at run time exist for every node, exit, group and type", () => {
  const exits = new Set(
    nodeList.flatMap((definition) => {
      const config = definition.config.safeParse({});
      return typeof definition.exits === "function" && !config.success ? [] : [...exitsOf(definition, config.success ? config.data : {})];
    }),
  );
  const wanted = [...[...exits].map((exit) => `exit.${exit}`), ...nodeGroups.map((group) => `group.${group}`), ...valueTypes.map((type) => `type.${type}`)];
  expect(wanted.filter((key) => !known.ru.has(key))).toEqual([]);
});

test("placeholders agree, plural forms are complete, nothing is empty", () => {
  const names = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort().join();
  for (const [key, text] of Object.entries(words.en)) {
    expect(text.trim(), key).not.toBe("");
    const own = words.ru[key] ?? words.ru[`${plural(key)}_other`]!;
    expect(names(own), key).toBe(names(text));
  }
  for (const key of Object.keys(words.ru).filter((each) => each.endsWith("_one")))
    for (const form of ["few", "many", "other"]) expect(words.ru, key).toHaveProperty([`${plural(key)}_${form}`]);
});
