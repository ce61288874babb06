import type { FlowRule } from "../rule.ts";
import { expressionRule } from "./expression-rule.ts";

/** An expression does not give the type its place needs, or puts types together that do not go together. */
export const typeError: FlowRule = expressionRule("type-error");
