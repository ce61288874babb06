import type { FlowRule } from "../rule.ts";
import { expressionRule } from "./expression-rule.ts";

/** An expression that cannot be parsed. */
export const syntaxError: FlowRule = expressionRule("syntax-error");
