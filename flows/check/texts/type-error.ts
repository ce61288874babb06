import type { FlowRule } from "../rule.ts";
import { expressionRule } from "./expression-rule.ts";

/** An expression of the wrong type, or with incompatible types. */
export const typeError: FlowRule = expressionRule("type-error");
