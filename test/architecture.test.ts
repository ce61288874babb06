import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, test } from "vitest";

/** The directions of the house: who may import whom. Checked, not wished. */
const root = join(import.meta.dirname, "..");
const rooms = ["flows", "runtime", "editor"];

type Import = { file: string; target: string };

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sources(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

/** Imports as paths from the root ("flows/…") or package names; type-only imports are marked. */
const imports: (Import & { typeOnly: boolean })[] = rooms
  .flatMap((room) => sources(join(root, room)))
  .flatMap((path) => {
    const text = readFileSync(path, "utf8");
    const found = [...text.matchAll(/^(import|export)\s+(type\s+)?[^;]*?from\s+["']([^"']+)["']/gm)].map((match) => ({
      typeOnly: Boolean(match[2]),
      specifier: match[3]!,
    }));
    const bare = [...text.matchAll(/(?:^import\s+|import\()["']([^"']+)["']/gm)].map((match) => ({ typeOnly: false, specifier: match[1]! }));
    return [...found, ...bare].map(({ typeOnly, specifier }) => ({
      file: relative(root, path),
      typeOnly,
      target: specifier.startsWith(".") ? normalize(join(dirname(relative(root, path)), specifier)) : specifier,
    }));
  });

const broken = (from: RegExp, rule: (each: Import & { typeOnly: boolean }) => boolean) =>
  imports.filter((each) => from.test(each.file) && !rule(each)).map((each) => `${each.file} → ${each.target}`);

describe("directions", () => {
  test("there is something to check", () => expect(imports.length).toBeGreaterThan(300));

  test("flows is pure: itself, zod, xstate, CEL, telephone numbers, in language declension of names, in expressions regular ones of linear time", () => {
    const allowed = ["zod", "zod/v4/locales/ru.js", "xstate", "@marcbachmann/cel-js", "libphonenumber-js", "libphonenumber-js/max"];
    expect(
      broken(
        /^flows\//,
        ({ target, file }) =>
          target.startsWith("flows/") ||
          allowed.includes(target) ||
          (target === "lvovich" && file.startsWith("flows/language/")) ||
          (target === "re2js" && file.startsWith("flows/expressions/")),
      ),
    ).toEqual([]);
  });

  test("xstate is imported only where machines are compiled; elsewhere its types at most", () => {
    expect(imports.filter((each) => each.target === "xstate" && !each.typeOnly && !each.file.startsWith("flows/compile/")).map((each) => each.file)).toEqual(
      [],
    );
  });

  test("the editor takes from the runtime types only, and never node modules", () => {
    expect(
      broken(
        /^editor\//,
        ({ target, typeOnly }) => !(target.startsWith("runtime/") && !typeOnly) && !target.startsWith("node:") && !target.startsWith("test/"),
      ),
    ).toEqual([]);
  });

  test("ports are interfaces over flows", () => {
    expect(broken(/^runtime\/ports\//, ({ target }) => target.startsWith("runtime/ports/") || target.startsWith("flows/"))).toEqual([]);
  });

  test.each(["telephony", "speech", "store", "notify"])("adapter %s imports ports, audio and itself, never other adapters or calls", (adapter) => {
    const own = `runtime/${adapter}/`;
    expect(
      broken(new RegExp(`^${own}`), ({ target, typeOnly }) =>
        !target.startsWith("runtime/")
          ? !target.startsWith("flows/") || typeOnly
          : target.startsWith(own) || target.startsWith("runtime/ports/") || target.startsWith("runtime/audio/") || target.startsWith("runtime/outside/"),
      ),
    ).toEqual([]);
  });

  test("crm connectors know ports, flows and themselves", () => {
    expect(broken(/^runtime\/crm\//, ({ target }) => !target.startsWith("runtime/") || /^runtime\/(crm|ports|outside)\//.test(target))).toEqual([]);
  });

  test("calls, routing and campaigns know ports and flows, not adapters, http or cli", () => {
    expect(
      broken(
        /^runtime\/(calls|routing|campaigns)\//,
        ({ target }) => !target.startsWith("runtime/") || /^runtime\/(ports|calls|routing|campaigns|audio|outside)\//.test(target),
      ),
    ).toEqual([]);
  });

  test("the pure parts of campaigns do no work of their own", () => {
    expect(
      broken(
        /^runtime\/campaigns\/(pacing|calling-rules|retry)\//,
        ({ target }) => target.startsWith("flows/") || /^runtime\/campaigns\/(pacing|calling-rules|retry)\//.test(target),
      ),
    ).toEqual([]);
  });

  test("only main chooses adapters", () => {
    const adapters = /^runtime\/(telephony|speech|store|notify|crm)\//;
    expect(
      imports
        .filter((each) => adapters.test(each.target) && !adapters.test(each.file) && each.file !== "runtime/main.ts")
        .map((each) => `${each.file} → ${each.target}`),
    ).toEqual([]);
  });

  test("nobody imports tests", () => {
    expect(imports.filter((each) => each.target.startsWith("test/")).map((each) => each.file)).toEqual([]);
  });

  test("only config reads the environment", () => {
    const readers = sources(join(root, "runtime"))
      .filter((path) => /process\.env\b/.test(readFileSync(path, "utf8")))
      .map((path) => relative(root, path));
    expect(readers.filter((path) => path !== "runtime/config.ts" && !path.startsWith("runtime/speech/command/"))).toEqual([]);
  });

  test("no drawers without a name", () => {
    const drawers = rooms.flatMap((room) => sources(join(root, room))).filter((path) => /\/(utils?|helpers?|types|common|misc)(\.tsx?$|\/)/.test(path));
    expect(drawers).toEqual([]);
  });

  test("flows asks no clock and throws no dice", () => {
    const impure = sources(join(root, "flows")).filter((path) => /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)/.test(readFileSync(path, "utf8")));
    expect(impure).toEqual([]);
  });
});

describe("node folders", () => {
  const folder = join(root, "flows", "nodes");
  const types = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  test.each(types)("%s has node.md in both languages and at least three cases", (type) => {
    const help = readFileSync(join(folder, type, "node.md"), "utf8");
    expect(help).toMatch(/^## ru$/m);
    expect(help).toMatch(/^## en$/m);
    const { cases } = JSON.parse(readFileSync(join(folder, type, "cases.json"), "utf8")) as { cases: unknown[] };
    expect(cases.length).toBeGreaterThanOrEqual(3);
  });
  test("every folder is in the list and the other way round", async () => {
    const { nodeTypes } = await import("../flows/nodes/index.ts");
    expect(Object.keys(nodeTypes).sort()).toEqual(types.sort());
  });
});
