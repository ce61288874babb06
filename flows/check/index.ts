import type { Flow } from "../schema/flow.ts";
import type { Issue } from "../schema/issue.ts";
import { danglingExit } from "./dangling-exit.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { syntaxError, typeError, unknownVariable } from "./expressions.ts";
import { inputExits } from "./input-exits.ts";
import { malformedConfig } from "./malformed-config.ts";
import { menuDepth, menuOptions } from "./menu-shape.ts";
import { missingStart } from "./missing-start.ts";
import { noPathToEnd } from "./no-path-to-end.ts";
import { oneOnHangup } from "./one-on-hangup.ts";
import { outcomeNotDeclared, unusedOutcome } from "./outcomes.ts";
import { missingPrompt, noVoice, unusedPrompt } from "./prompts.ts";
import { prepare, type Environment, type Rule } from "./rule.ts";
import { silentCycle } from "./silent-cycle.ts";
import { stepLength } from "./step-length.ts";
import { unclosedBraces } from "./unclosed-braces.ts";
import { unknownExit } from "./unknown-exit.ts";
import { unknownNode } from "./unknown-node.ts";
import { unknownSymbol } from "./unknown-symbol.ts";
import { unreachableNode } from "./unreachable-node.ts";

/** All rules, in the order their issues are shown. */
export const rules: readonly Rule[] = [
  missingStart,
  unknownNode,
  malformedConfig,
  danglingExit,
  unknownExit,
  inputExits,
  noPathToEnd,
  silentCycle,
  duplicateKey,
  oneOnHangup,
  syntaxError,
  unknownVariable,
  typeError,
  unclosedBraces,
  missingPrompt,
  unknownSymbol,
  outcomeNotDeclared,
  unreachableNode,
  menuDepth,
  menuOptions,
  stepLength,
  noVoice,
  unusedPrompt,
  unusedOutcome,
];

/** Checks a flow. Errors forbid publishing. Never throws: a rule that fails is itself an issue. */
export function checkFlow(flow: Flow, environment: Environment = {}): Issue[] {
  const context = prepare(flow, environment);
  const issues = rules.flatMap((rule): Issue[] => {
    try {
      return rule.check(context).map((finding) => ({ flow: flow.id, code: rule.code, severity: rule.severity, ...finding }));
    } catch (error) {
      const message = `${rule.code}: ${error instanceof Error ? error.message : String(error)}`;
      return [{ flow: flow.id, node: null, code: "check-failed", severity: "error", message: { ru: message, en: message } }];
    }
  });
  const order = { error: 0, warning: 1, info: 2 };
  return issues.sort((a, b) => order[a.severity] - order[b.severity]);
}
