import { pinKey } from "../compile/containers.ts";
import type { FindFlow } from "../compile/unit.ts";
import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";

/** A node of a played call, and the document it stands in. */
export type NodePlace = { flow: Flow; node: FlowNode };

type Nodes = Record<string, FlowNode>;
type Graph = { name?: string; part?: string | undefined; flow?: string | undefined; version?: string | undefined };

/**
 * Finds the node behind a path of a journal ("book/hi": the node `hi` of what the node `book` plays), in the flow itself,
 * in its parts and, by `find`, in the flows that it plays. Null for what stands in no document (the apology, another version).
 */
export function nodeAt(flow: Flow, path: string, find: FindFlow = () => null): NodePlace | null {
  return walk(flow, flow.nodes, path.split("/"), find);
}

function walk(flow: Flow, nodes: Nodes, [id = "", ...rest]: readonly string[], find: FindFlow): NodePlace | null {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  if (!node) return null;
  if (rest.length === 0) return { flow, node };
  const { graph, inner } = graphIn(node, rest);
  const part = graph?.part === undefined ? undefined : flow.parts[graph.part];
  if (part) return walk(flow, part.nodes, inner, find);
  const other = graph?.flow ? find(graph.flow, versionOf(flow, graph.flow, graph.version)) : null;
  return other && walk(other, other.nodes, inner, find);
}

/** The graph in which a path continues, and its prefix: a branch name is a separate segment, a single graph has none. */
function graphIn(node: FlowNode, rest: readonly string[]): { graph: Graph | undefined; inner: readonly string[] } {
  const graphs = graphsOf(node);
  if (graphs.length === 1 && graphs[0]!.name === undefined) return { graph: graphs[0], inner: rest };
  return { graph: graphs.find((each) => each.name === rest[0]), inner: rest.slice(1) };
}

const versionOf = (around: Flow, flow: string, version = ""): string => String(around.pins?.[pinKey(flow, version)] ?? version);

function graphsOf(node: FlowNode): Graph[] {
  const definition = nodeTypes[node.type];
  const config = definition?.graphs ? definition.config.safeParse(node.config) : null;
  return definition?.graphs && config?.success ? definition.graphs(config.data) : [];
}
