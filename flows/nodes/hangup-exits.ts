import type { NodeDefinition } from "./define-node.ts";

/**
 * Exits taken only by a hang-up, in order: `abandoned` while waiting
 * for a person (nodes that connect the caller to somebody), then `hangup` at any time. If not connected, they lead to On hang-up.
 */
export function hangupExitsOf(definition: NodeDefinition<unknown> | undefined, config: unknown): readonly string[] {
  return definition?.joins?.(config) ? ["abandoned", "hangup"] : ["hangup"];
}
