import { exitsOf, type NodeDefinition } from "../nodes/define-node.ts";
import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import type { Issue } from "../schema/issue.ts";

/** Symbols the environment binds; absent = not known here, nothing is said about them. */
export type Environment = {
  lists?: string[];
  calendars?: string[];
  flows?: { id: string; kind: string }[];
  trunks?: string[];
  /** Languages with a voice; absent = not known here. */
  voices?: string[];
};

export type CheckedNode = { id: string; node: FlowNode; definition: NodeDefinition<unknown>; config: unknown; exits: readonly string[] };

/** A flow prepared once for all rules. `nodes` are those whose type and config are sound. */
export type CheckContext = {
  flow: Flow;
  environment: Environment;
  nodes: CheckedNode[];
  byId: Map<string, CheckedNode>;
  /** Where each node leads: wired exits to existing nodes, with the exit's name. */
  edges: Map<string, { exit: string; to: string }[]>;
  /** Nodes that a call can get to: from the start, and from on-hangup. */
  reachable: Set<string>;
};

export type Finding = Omit<Issue, "flow" | "code" | "severity"> & { severity?: Issue["severity"] };
export type Rule = { code: string; severity: Issue["severity"]; check(context: CheckContext): Finding[] };

export function prepare(flow: Flow, environment: Environment): CheckContext {
  const nodes = Object.entries(flow.nodes).flatMap(([id, node]): CheckedNode[] => {
    const definition = nodeTypes[node.type];
    const config = definition?.config.safeParse(node.config);
    if (!definition || !config?.success) return [];
    return [{ id, node, definition, config: config.data, exits: exitsOf(definition, config.data) }];
  });
  const edges = new Map(
    Object.entries(flow.nodes).map(([id, node]) => [
      id,
      Object.entries(node.exits)
        .filter(([, to]) => to in flow.nodes)
        .map(([exit, to]) => ({ exit, to })),
    ]),
  );
  const roots = [flow.start, ...nodes.filter((item) => item.node.type === "on-hangup").map((item) => item.id)].filter((id) => id in flow.nodes);
  return { flow, environment, nodes, byId: new Map(nodes.map((item) => [item.id, item])), edges, reachable: reach(roots, edges) };
}

/** All nodes reachable from `roots`. */
export function reach(roots: readonly string[], edges: CheckContext["edges"]): Set<string> {
  const seen = new Set(roots);
  const queue = [...roots];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const { to } of edges.get(id) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return seen;
}
