import type { NodeDefinition } from "./define-node.ts";

/**
 * Exits that only a hang-up takes, in the order in which they are tried: `abandoned` while a person is still being looked
 * for (nodes that join the caller with somebody), then `hangup` at any time. Unwired ones lead to «On hang-up».
 */
export function hangupExitsOf(definition: NodeDefinition<unknown> | undefined, config: unknown): readonly string[] {
  return definition?.joins?.(config) ? ["abandoned", "hangup"] : ["hangup"];
}
