import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { examples, goodFlow, strategy, type Example, type ExampleFlow } from "../../flows/check/examples/index.ts";
import { checkFlow, rules } from "../../flows/check/index.ts";
import type { Environment } from "../../flows/check/rule.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

function issuesOf(change: (flow: ExampleFlow) => void, environment: Environment | undefined) {
  const document = goodFlow();
  change(document);
  const { flow, issues } = parseFlow(JSON.parse(JSON.stringify(document)) as object);
  if (!flow) throw new Error(JSON.stringify(issues));
  return checkFlow(flow, environment);
}

const named = examples.map((example, index): [string, Example] => [`${example.code} (${index})`, example]);

describe("rules", () => {
  test("a good flow has nothing to mend, nor has a good strategy", () => {
    expect(issuesOf(() => undefined, {})).toEqual([]);
    expect(issuesOf(strategy, {})).toEqual([]);
  });

  test.each(named)("%s is found at its place", (_name, { code, node, breaks, environment, severity }) => {
    const found = issuesOf(breaks, environment).filter((issue) => issue.code === code);
    expect(found.map((issue) => issue.node)).toContain(node);
    if (severity) expect(found.map((issue) => issue.severity)).toContain(severity);
    for (const { message } of found) expect(Math.min(message.ru.length, message.en.length)).toBeGreaterThan(10);
  });

  test.each(named)("%s: a near miss stays silent", (_name, { code, near, environment, nearEnvironment, severity }) => {
    const own = severity ?? rules.find((rule) => rule.code === code)!.severity;
    expect(issuesOf(near, nearEnvironment ?? environment).filter((issue) => issue.code === code && issue.severity === own)).toEqual([]);
  });

  test("every rule is shown", () => {
    expect(rules.map((rule) => rule.code).filter((code) => !examples.some((example) => example.code === code))).toEqual([]);
    expect(rules.length).toBeGreaterThanOrEqual(60);
  });

  test("every rule has a file of its own, named as its code", () => {
    const written = globSync("flows/check/**/*.ts", { exclude: (name) => basename(name) === "examples" }).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^export const \w+: (?:Flow|Node)Rule\b/gm)].map(() => basename(file, ".ts")),
    );
    expect(written.sort()).toEqual(rules.map((rule) => rule.code).sort());
  });
});
