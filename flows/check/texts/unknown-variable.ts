import type { FlowRule } from "../rule.ts";
import { expressionRule } from "./expression-rule.ts";

/** An expression reads a name that the flow does not have. */
export const unknownVariable: FlowRule = expressionRule("unknown-variable");
