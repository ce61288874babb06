import { applyFix, checkFlow } from "../../flows/check/index.ts";
import type { Environment } from "../../flows/check/rule.ts";
import type { Flow } from "../../flows/schema/flow.ts";

const most = 500;

/**
 * The flow with the fix of every note that has just one applied, one after the other: each is taken from a fresh check, for the one
 * before may have changed its place. A note with a choice is its author's to decide; one whose fix leaves it standing is passed by. Errors and warnings are not touched.
 */
export function mendNotes(flow: Flow, environment: Environment): Flow {
  const tried = new Set<string>();
  let now = flow;
  for (let turn = 0; turn < most; turn++) {
    const next = checkFlow(now, environment).find((issue) => issue.severity === "info" && issue.fixes?.length === 1 && !tried.has(keyOf(issue)));
    if (!next) return now;
    tried.add(keyOf(next));
    now = applyFix(now, next.fixes![0]!);
  }
  return now;
}

const keyOf = (issue: { code: string; node: string | null; path?: string; message: { en: string } }): string =>
  [issue.code, issue.node, issue.path, issue.message.en].join("\n");
