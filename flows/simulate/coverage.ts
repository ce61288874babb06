import { exitsOf } from "../nodes/define-node.ts";
import { nodeTypes } from "../nodes/index.ts";
import type { Flow } from "../schema/flow.ts";

export type Coverage = { nodes: number; exits: number; uncovered: string[] };

/** Everything there is to visit: nodes, and exits that are wired. */
export function coverable(flow: Flow): { nodes: string[]; exits: string[] } {
  const nodes = Object.keys(flow.nodes).filter((id) => flow.nodes[id]!.enabled !== false);
  const exits = nodes.flatMap((id) => {
    const node = flow.nodes[id]!;
    const definition = nodeTypes[node.type];
    const config = definition?.config.safeParse(node.config);
    if (!definition || !config?.success) return [];
    return [...new Set([...exitsOf(definition, config.data), "error", "hangup"])].filter((exit) => node.exits[exit]).map((exit) => `${id}:${exit}`);
  });
  return { nodes, exits };
}

/** Shares from 0 to 1 of nodes and wired exits visited by the runs. */
export function coverageOf(flow: Flow, visited: ReadonlySet<string>): Coverage {
  const { nodes, exits } = coverable(flow);
  const share = (all: string[]) => (all.length === 0 ? 1 : all.filter((item) => visited.has(item)).length / all.length);
  return { nodes: share(nodes), exits: share(exits), uncovered: [...nodes, ...exits].filter((item) => !visited.has(item)) };
}
