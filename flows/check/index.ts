import type { Flow } from "../schema/flow.ts";
import type { Issue } from "../schema/issue.ts";
import { createChecker } from "./checker.ts";
import type { Environment } from "./rule.ts";

export { applyFix } from "./fixes/apply-fix.ts";
export { createChecker, type Checker } from "./checker.ts";
export { ownWeights, scoreFlow, type Score, type ScoreReason } from "./score.ts";
export { rules, rulesByGroup, type RuleGroup } from "./rules.ts";

/** Checks a flow once. Errors block publishing. Never throws: a rule that fails is itself an issue. */
export const checkFlow = (flow: Flow, environment: Environment = {}): Issue[] => createChecker(environment).check(flow);
