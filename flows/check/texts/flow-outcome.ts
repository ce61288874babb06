import type { CheckedNode } from "../rule.ts";

/** An outcome of the flow; `finish` in a part names an outcome of the part only. */
export const isFlowOutcome = ({ node, graph }: CheckedNode): boolean => graph.part === null || node.type !== "finish";
