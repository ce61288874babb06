import { nodeTypes } from "../nodes/index.ts";
import type { Flow } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";

/** Other flows played by a flow, without duplicates; `version` "" is the live one. */
export function referencesOf(flow: Flow): { flow: string; version: string }[] {
  const found = new Map<string, { flow: string; version: string }>();
  for (const [, node] of allNodes(flow)) {
    const definition = nodeTypes[node.type];
    const config = definition?.graphs ? definition.config.safeParse(node.config) : null;
    if (!definition?.graphs || !config?.success) continue;
    for (const graph of definition.graphs(config.data)) {
      if (graph.part || !graph.flow) continue;
      const version = graph.version ?? "";
      found.set(`${graph.flow}@${version}`, { flow: graph.flow, version });
    }
  }
  return [...found.values()];
}
