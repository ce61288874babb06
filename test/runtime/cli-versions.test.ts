import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { run } from "../journeys/process.ts";

/** `sufler diff` and `sufler merge` as people and scripts use them. */
const root = join(import.meta.dirname, "..", "..");
const example = join(root, "docs", "examples", "main-menu.flow.json");
const folder = mkdtempSync(join(tmpdir(), "sufler-versions-"));
const sufler = (...args: string[]) => run(join(root, "bin", "sufler.mjs"), args, {});

type Document = {
  sufler: number;
  nodes: Record<string, { config: Record<string, unknown> }>;
  prompts: Record<string, Record<string, string>>;
  layout: Record<string, number[]>;
};
function version(name: string, change: (document: Document) => void): string {
  const document = JSON.parse(readFileSync(example, "utf8")) as Document;
  change(document);
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(document));
  return file;
}
const ours = version("ours", (flow) => void (flow.nodes["choose"]!.config["attempts"] = 2));
const theirs = version("theirs", (flow) => void (flow.prompts["sorry"]!["ru"] = "Пока."));
const other = version("other", (flow) => void (flow.nodes["choose"]!.config["attempts"] = 5));
const moved = version("moved", (flow) => Object.assign(flow.layout, { bye: [1, 2], end: [3, 4] }));
const future = version("future", (flow) => void (flow.sufler = 99));

describe("sufler diff", () => {
  test.each<[string, string[], number, RegExp]>([
    ["the same", [example, example], 0, /^No differences\.\n$/],
    ["a field, in English", [example, ours], 1, /^Nodes\n  ~ choose "Menu", Attempts: was 3, now 2\n$/],
    ["a text, in Russian", [example, theirs, "--lang", "ru"], 1, /^Тексты\n  ~ Текст sorry \(ru\): было «До свидания\.», стало «Пока\.»\n$/],
    ["only moved: one line", [example, moved], 1, /^Moved on the canvas: bye, end\n$/],
    ["no such file", [example, "nowhere.json"], 2, /no such file: nowhere\.json/],
    ["not a flow", [example, join(root, "README.md")], 2, /not valid JSON/],
    ["from a newer program", [example, future], 2, /created by a newer version of Sufler/],
    ["one file", [example], 2, /specify two flow files/],
    ["an unknown option", [example, ours, "--fast"], 2, /--fast/],
  ])("%s", async (_title, args, code, says) => {
    const ran = await sufler("diff", ...args);
    expect([ran.code, ran.output]).toEqual([code, expect.stringMatching(says)]);
  });

  test("--json is the diff, for programs", async () => {
    const { code, output } = await sufler("diff", example, ours, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      isEmpty: false,
      moved: [],
      changes: [{ kind: "node-config", node: "choose", field: "config.attempts", before: 3, after: 2 }],
    });
  });
});

describe("sufler merge", () => {
  test("work on different places comes together", async () => {
    const { code, output } = await sufler("merge", example, ours, theirs);
    const { flow } = parseFlow(output);
    expect([code, flow?.nodes["choose"]!.config["attempts"], flow?.prompts["sorry"]!.ru]).toEqual([0, 2, "Пока."]);
  });

  test("work on one place: the file is written with ours, the conflict is told by node, exit 1", async () => {
    const file = join(folder, "merged.json");
    const { code, output } = await sufler("merge", example, ours, other, "-o", file, "--lang", "ru");
    expect([code, output]).toEqual([1, "Решите сами, мест: 1\nchoose\n  ! choose «Меню», Попыток: было 3, у нас 2, у них 5. Оставлено наше\n"]);
    expect(parseFlow(readFileSync(file, "utf8")).flow?.nodes["choose"]!.config["attempts"]).toBe(2);
  });

  test("--json has the flow and the conflicts", async () => {
    const { code, output } = await sufler("merge", example, ours, other, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ flow: { id: "main-menu" }, conflicts: [{ kind: "same-field", node: "choose", base: 3, ours: 2, theirs: 5 }] });
  });

  test("two files, or one that cannot be read: exit 2", async () => {
    expect(await sufler("merge", example, ours)).toMatchObject({ code: 2, output: expect.stringContaining("specify three flow files") });
    expect(await sufler("merge", example, ours, future)).toMatchObject({ code: 2, output: expect.stringContaining("newer version") });
    expect((await sufler("merge", example, ours, theirs, "-o", join(folder, "no", "where.json"))).code).toBe(2);
  });
});

test.each(["en", "ru"])("the commands of docs/%s/versions.md print what the page says", async (language) => {
  const page = readFileSync(join(root, "docs", language, "versions.md"), "utf8");
  const lines = [...page.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap((match) => match[1]!.trimEnd().split("\n"));
  const script = lines
    .filter((line) => line.startsWith("$ "))
    .map((line) =>
      line
        .slice(2)
        .replaceAll("/tmp/", `${folder}/`)
        .replaceAll("npx sufler", `node ${join(root, "bin", "sufler.mjs")}`),
    );
  const printed = lines.filter((line) => !line.startsWith("$ ")).join("\n");
  const { stdout } = spawnSync("sh", ["-c", `exec 2>&1; cd '${root}'; ${script.join("; ")}`], { encoding: "utf8" });
  expect(stdout.trimEnd()).toBe(printed);
});
