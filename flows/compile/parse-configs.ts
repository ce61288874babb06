import type { z } from "zod";
import { nodeTypes } from "../nodes/index.ts";
import type { FlowNode } from "../schema/flow.ts";

/** The config of a node as its schema reads it; undefined for a type that does not exist. */
export type ParseConfig = (node: FlowNode) => z.ZodSafeParseResult<Record<string, unknown>> | undefined;

/** Reads each config once while one flow is compiled. */
export function parseConfigs(): ParseConfig {
  const known = new Map<FlowNode, NonNullable<ReturnType<ParseConfig>>>();
  return (node) => {
    let parsed = known.get(node);
    if (!parsed && Object.hasOwn(nodeTypes, node.type)) known.set(node, (parsed = nodeTypes[node.type]!.config.safeParse(node.config)));
    return parsed;
  };
}
