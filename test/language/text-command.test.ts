/** `sufler text` on standard input: many texts, one bad one does not stop the others, and nothing is unbounded. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readLines } from "../../runtime/cli/read-lines.ts";

const bin = join(import.meta.dirname, "..", "..", "bin", "sufler.mjs");

function sufler(args: string[], input = ""): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, "text", ...args], { stdio: ["pipe", "pipe", "pipe"] });
    const got = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (got.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (got.stderr += chunk.toString()));
    child.on("close", (code) => resolve({ code: code ?? -1, ...got }));
    child.stdin.end(input);
  });
}

describe("many texts", () => {
  test("text and JSON lines, errors in their places, exit 1 at the end", async () => {
    const lines = [
      `{"text":"{{ money(total, 'RUB') }}","vars":{"total":21.5}}`,
      "Привет, {{ nope }}!",
      "",
      "{не JSON",
      '{"vars":{}}',
      '{"text":"x","lang":"de"}',
      `{"text":"{{ ordinal(3) }}","lang":"en"}`,
      "{{ count(age, ['год', 'года', 'лет']) }} и {{ vars.age }}",
      `{"text":"${"я".repeat(10_001)}"}`,
      "я".repeat(200_000),
      "{{ ordinal(3, 'vin') }}",
      "последний",
    ];
    const { code, stdout } = await sufler(["--json", "--vars", '{"age":22}'], lines.join("\n"));
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { text: string; said?: string; shown?: string; error?: string });
    expect(code).toBe(1);
    expect(answers.map(({ said, shown, error }) => (error === undefined ? `${said} | ${shown}` : error.slice(0, 60)))).toEqual([
      "двадцать один рубль пятьдесят копеек | 21,50 ₽",
      "nope: нет имени «nope»: дайте его в --vars",
      expect.stringMatching(/not valid JSON/),
      expect.stringMatching(/needs the string "text"/),
      expect.stringMatching(/unknown language "de"/),
      "third | 3rd",
      "двадцать два года и 22 | 22 года и 22",
      expect.stringMatching(/longer than 10000 characters/),
      expect.stringMatching(/longer than \d+ bytes/),
      expect.stringMatching(/непонятно «vin»/),
      "последний | последний",
    ]);
  });

  test("all well: exit 0; names of a call may be given, and the moment", async () => {
    const vars = { operator: { name: "Анна", gender: "f" }, contact: { name: "Толстой Лев Николаевич" }, vars: { n: 2 }, items: ["а", "б"], list: ["в"] };
    const text =
      "{{ operatorForm('Рад', 'Рада') }} {{ fullName(contact.name, 'dat') }}, {{ date(now.date, 'gen') }} {{ now.time }}, {{ vars.n }}, {{ joined(items + vars.list) }}";
    const { code, stdout } = await sufler(["--vars", JSON.stringify(vars), "--now", "2026-11-22T22:30:00Z", "--zone", "Asia/Almaty"], text);
    expect([code, stdout]).toEqual([
      0,
      "said   Рада Толстому Льву Николаевичу, двадцать третьего ноября 03:30, 2, а, б и в\nshown  Рада Толстому Льву Николаевичу, 23 ноября 03:30, 2, а, б и в\n",
    ]);
  });

  test.each<[string, string[], RegExp]>([
    ["a zone that is none", ["x", "--zone", "Foo"], /unknown time zone "Foo"/],
    ["a moment that is none", ["x", "--now", "вчера"], /is not a date and time/],
    ["vars that are no map", ["x", "--vars", "[1]"], /must be a JSON object/],
    ["vars that are not JSON", ["x", "--vars", "{"], /--vars is not valid JSON/],
    ["a language that is none", ["x", "--lang", "de"], /unknown language "de"/],
    ["two texts", ["x", "y"], /one text/],
  ])("%s: exit 2 and a sentence", async (_name, args, message) => {
    const { code, stderr } = await sufler(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });
});

it("cuts any stream into its lines, wherever the pieces end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.stringMatching(/^[а-яa-z 😀]{0,12}$/u), { maxLength: 20 }), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_none, index) => bytes.subarray(index * size, (index + 1) * size));
      const got: string[] = [];
      for await (const line of readLines(Readable.from(pieces), 24)) got.push("tooLong" in line ? "too long" : line.text);
      expect(got).toEqual(lines.map((line) => (Buffer.byteLength(line) > 24 ? "too long" : line)));
    }),
  );
});
