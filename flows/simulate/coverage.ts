import { exitsOf } from "../nodes/define-node.ts";
import { hangupExitsOf } from "../nodes/hangup-exits.ts";
import { nodeTypes } from "../nodes/index.ts";
import type { Flow } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";

export type Coverage = { nodes: number; exits: number; uncovered: string[] };

/** All nodes by their path in the document, and all connected exits. */
export function coverable(flow: Flow): { nodes: string[]; exits: string[] } {
  const all = new Map(allNodes(flow).filter(([, node]) => node.enabled !== false));
  const nodes = [...all.keys()];
  const exits = nodes.flatMap((id) => {
    const node = all.get(id)!;
    const definition = nodeTypes[node.type];
    const config = definition?.config.safeParse(node.config);
    if (!definition || !config?.success) return [];
    return [...new Set([...exitsOf(definition, config.data), "error", ...hangupExitsOf(definition, config.data)])]
      .filter((exit) => node.exits[exit])
      .map((exit) => `${id}:${exit}`);
  });
  return { nodes, exits };
}

/** Shares from 0 to 1 of nodes and wired exits visited by the runs. */
export function coverageOf(flow: Flow, visited: ReadonlySet<string>): Coverage {
  const { nodes, exits } = coverable(flow);
  const share = (all: string[]) => (all.length === 0 ? 1 : all.filter((item) => visited.has(item)).length / all.length);
  return { nodes: share(nodes), exits: share(exits), uncovered: [...nodes, ...exits].filter((item) => !visited.has(item)) };
}
