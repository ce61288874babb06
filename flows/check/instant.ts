import { nodeTypes } from "../nodes/index.ts";
import type { PlacedNode } from "./rule.ts";

/** Whether a call passes this node without waiting. A loop counts its iterations and stops: it is instant only if `loops` is set. */
export function isInstant({ node, facts }: Pick<PlacedNode, "node" | "facts">, loops?: "loops"): boolean {
  const plain = Object.hasOwn(nodeTypes, node.type) && nodeTypes[node.type]!.waits === false && (loops === "loops" || node.type !== "loop");
  return node.enabled === false || (plain && facts.graphs.length === 0);
}
