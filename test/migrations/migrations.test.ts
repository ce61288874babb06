import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkFlow } from "../../flows/check/index.ts";
import { migrations, upgrade } from "../../flows/migrations/index.ts";
import { flowFormat } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

const here = import.meta.dirname;
const read = (...path: string[]): Record<string, unknown> => JSON.parse(readFileSync(join(here, ...path), "utf8")) as Record<string, unknown>;
const folders = readdirSync(here)
  .filter((name) => /^\d{3}-/.test(name))
  .sort();
const files = readdirSync(join(here, "..", "..", "flows", "migrations"))
  .filter((name) => /^\d{3}-.*\.ts$/.test(name))
  .map((name) => name.replace(/\.ts$/, ""))
  .sort();

describe("migrations", () => {
  test("each is a numbered file with a pair of documents, in the list in order, up to today's format", () => {
    expect(files).toEqual(folders);
    expect(migrations).toHaveLength(files.length);
    expect(files.map((name) => Number(name.slice(0, 3)))).toEqual(files.map((_name, index) => index + 1));
    for (const [index, { from, to }] of migrations.entries()) {
      expect(to).toBe(from + 1);
      expect(from).toBeGreaterThanOrEqual(migrations[index - 1]?.from ?? 1);
    }
    expect(migrations.at(-1)?.to).toBe(flowFormat);
  });

  test.each(folders.map((name, index) => [name, migrations[index]!] as const))("%s: before and after", (name, migration) => {
    const before = read(name, "before.json");
    const kept = structuredClone(before);
    expect(before["sufler"]).toBe(migration.from);
    const once = { ...migration.up(before), sufler: migration.to };
    expect(once).toEqual(read(name, "after.json"));
    expect({ ...migration.up(once) }).toEqual(once);
    expect(before).toEqual(kept);
  });

  test("nodes inside parts change like the others", () => {
    const nodes = { old: { type: "disposition" }, note: { type: "log", config: { message: "m" } } };
    const { document } = upgrade({ sufler: 1, nodes: {}, parts: { one: { start: "old", nodes }, two: 7 } }) as { document: unknown };
    expect(document).toEqual({
      sufler: flowFormat,
      nodes: {},
      parts: { one: { start: "old", nodes: { old: { type: "wrap-up" }, note: { type: "milestone", config: { name: "", note: "m" } } } }, two: 7 },
    });
  });

  test("a document of today is handed on untouched; migrating twice is migrating once", () => {
    const today = { sufler: flowFormat, nodes: { a: { type: "log" } } };
    expect(upgrade(today)).toEqual({ document: today });
    for (const name of readdirSync(join(here, "format-1"))) {
      const once = upgrade(read("format-1", name));
      expect(once).toMatchObject({ document: { sufler: flowFormat } });
      if ("document" in once) expect(upgrade(once.document as object)).toEqual(once);
    }
  });

  test("a document from a newer program is refused in words a person can use", () => {
    const { flow, issues } = parseFlow({ sufler: flowFormat + 1, id: "later", anything: true });
    expect(flow).toBeNull();
    expect(issues).toMatchObject([{ flow: "later", code: "newer-format", severity: "error" }]);
    expect(issues[0]!.message.ru).toContain("сделан более новой версией Суфлёра");
    expect(issues[0]!.message.en).toContain("created by a newer version of Sufler");
  });

  test("nothing that calls itself a flow makes it throw", () => {
    const junk = fc.record({ sufler: fc.oneof(fc.constantFrom(1, 2, 3, 0, -1, 1.5, "1"), fc.anything()), nodes: fc.anything(), parts: fc.anything() });
    const nodes = fc.dictionary(fc.string(), fc.oneof(fc.anything(), fc.record({ type: fc.constantFrom("log", "disposition"), config: fc.anything() })));
    fc.assert(fc.property(fc.oneof(junk, fc.record({ sufler: fc.constant(1), nodes })), (document) => void parseFlow(document)));
  });
});

describe("flows of format 1", () => {
  test.each(readdirSync(join(here, "format-1")))("%s, as the first release wrote it, opens without errors and keeps its ids and places", (name) => {
    const old = read("format-1", name);
    expect(old["sufler"]).toBe(1);
    const { flow, issues } = parseFlow(old);
    expect(issues).toEqual([]);
    // What a strategy is for, its author has to say: no migration can know it.
    expect(checkFlow(flow!).filter((issue) => issue.severity === "error" && issue.code !== "passport-missing")).toEqual([]);
    expect(Object.keys(flow!.nodes)).toEqual(Object.keys(old["nodes"] as object));
    expect(flow!.layout).toEqual(old["layout"]);
  });
});
