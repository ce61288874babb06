import type { z } from "zod";
import { nodeTypes } from "../nodes/index.ts";
import type { FlowNode } from "../schema/flow.ts";

/** The config of a node as its schema reads it; undefined for a type that does not exist. */
export type ParseConfig = (node: FlowNode) => z.ZodSafeParseResult<Record<string, unknown>> | undefined;

/** Reads each config once while one flow is compiled. */
export function parseConfigs(): ParseConfig {
  const known = new Map<FlowNode, ReturnType<ParseConfig>>();
  return (node) => {
    if (!known.has(node)) known.set(node, Object.hasOwn(nodeTypes, node.type) ? nodeTypes[node.type]!.config.safeParse(node.config) : undefined);
    return known.get(node);
  };
}
