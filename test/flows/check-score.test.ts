import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownWeights, rules, scoreFlow } from "../../flows/check/index.ts";
import type { Issue } from "../../flows/schema/issue.ts";

const issue = (code: string, severity: Issue["severity"], node: string | null = "a"): Issue => ({
  flow: "f",
  node,
  code,
  severity,
  message: { ru: "ру", en: "en" },
});
const flow = { id: "f" };
const anyIssues = fc.array(
  fc.constantFrom(...rules).chain(({ code, severity }) => fc.constantFrom(null, "a", "b").map((node) => issue(code, severity, node))),
  { maxLength: 30 },
);

describe("the score", () => {
  test.each<[string, Issue[], number]>([
    ["nothing to mend", [], 100],
    ["one note", [issue("unused-prompt", "info")], 99],
    ["many notes of one rule", Array.from({ length: 30 }, () => issue("unused-prompt", "info")), 97],
    ["one warning", [issue("long-prompt", "warning")], 95],
    ["no person", [issue("no-way-to-person", "warning")], 85],
    ["three rules", [issue("long-prompt", "warning"), issue("menu-options", "warning"), issue("no-repeat", "info")], 89],
    ["one error", [issue("dangling-exit", "error")], 49],
    ["four errors of four rules", ["dangling-exit", "unknown-node", "missing-prompt", "input-exits"].map((code) => issue(code, "error")), 20],
    ["what is not built yet costs nothing", [issue("not-available", "info")], 100],
  ])("%s", (_name, issues, score) => expect(scoreFlow(flow, issues).score).toBe(score));

  test("reasons add up, the dearest first", () => {
    fc.assert(
      fc.property(anyIssues, (issues) => {
        const { score, reasons } = scoreFlow(flow, issues);
        const lost = reasons.reduce((sum, { points }) => sum + points, 0);
        const errors = issues.some(({ severity }) => severity === "error");
        expect(score).toBeLessThanOrEqual(Math.max(0, 100 - lost));
        expect(score).toBeGreaterThanOrEqual(0);
        if (errors) expect(score).toBeLessThan(50);
        expect(reasons.map(({ points }) => points)).toEqual(reasons.map(({ points }) => points).sort((a, b) => b - a));
        expect(scoreFlow(flow, [...issues].reverse()).score).toBe(score);
      }),
    );
  });

  test("a message less never lowers the mark", () => {
    fc.assert(
      fc.property(anyIssues, fc.nat(), (issues, at) => {
        const fewer = issues.filter((_each, index) => index !== at % Math.max(1, issues.length));
        expect(scoreFlow(flow, fewer).score).toBeGreaterThanOrEqual(scoreFlow(flow, issues).score);
      }),
    );
  });

  test("every weight belongs to a rule", () => expect(Object.keys(ownWeights).filter((code) => !rules.some((rule) => rule.code === code))).toEqual([]));
});
