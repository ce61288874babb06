import { exitsOf, type NodeDefinition } from "../nodes/define-node.ts";
import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import { graphsOf, type Graph } from "../schema/graph.ts";
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

/** `id` is the path of the node in the document: "greet", or "lookup/ask" in a part. */
export type CheckedNode = { id: string; node: FlowNode; definition: NodeDefinition<unknown>; config: unknown; exits: readonly string[] };

/** A flow prepared once for all rules. `nodes` are those whose type and config are sound. */
export type CheckContext = {
  flow: Flow;
  environment: Environment;
  nodes: CheckedNode[];
  byId: Map<string, CheckedNode>;
  /** Every node of the document by path, sound or not, with the graph it is in. */
  all: Map<string, { node: FlowNode; graph: Graph }>;
  /** Where each node leads: wired exits and jumps to existing nodes, with the exit's name; "~part" enters an inner graph. */
  edges: Map<string, { exit: string; to: string }[]>;
  /** Nodes that a call can get to: from the start, and from on-hangup. */
  reachable: Set<string>;
};

export type Finding = Omit<Issue, "flow" | "code" | "severity"> & { severity?: Issue["severity"] };
export type Rule = { code: string; severity: Issue["severity"]; check(context: CheckContext): Finding[] };

export function prepare(flow: Flow, environment: Environment): CheckContext {
  const all = new Map(
    graphsOf(flow).flatMap((graph) =>
      Object.entries(graph.nodes).map(([id, node]): [string, { node: FlowNode; graph: Graph }] => [graph.prefix + id, { node, graph }]),
    ),
  );
  const nodes = [...all].flatMap(([id, { node }]): CheckedNode[] => {
    const definition = nodeTypes[node.type];
    const config = definition?.config.safeParse(node.config);
    if (!definition || !config?.success) return [];
    return [{ id, node, definition, config: config.data, exits: exitsOf(definition, config.data) }];
  });
  const byId = new Map(nodes.map((item) => [item.id, item]));
  const edges = new Map([...all].map(([id, place]) => [id, edgesOf(flow, place, byId.get(id))]));
  const roots = [flow.start, ...nodes.filter(({ id, definition }) => definition.root && id in flow.nodes).map((item) => item.id)].filter(
    (id) => id in flow.nodes,
  );
  return { flow, environment, nodes, byId, all, edges, reachable: reach(roots, edges) };
}

function edgesOf(flow: Flow, { node, graph }: { node: FlowNode; graph: Graph }, checked: CheckedNode | undefined): { exit: string; to: string }[] {
  const near = (exit: string, to: string) => (to in graph.nodes ? [{ exit, to: graph.prefix + to }] : []);
  const wired = Object.entries(node.exits).flatMap(([exit, to]) => near(exit, to));
  const jumps = (checked?.definition.jumps?.(checked.config) ?? []).flatMap((to) => near("next", to));
  const inner = (checked?.definition.graphs?.(checked.config) ?? []).flatMap(({ part }) => {
    const start = part === undefined ? undefined : flow.parts[part]?.start;
    return start !== undefined && start in flow.parts[part!]!.nodes ? [{ exit: "~part", to: `${part}/${start}` }] : [];
  });
  return [...wired, ...jumps, ...inner];
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
