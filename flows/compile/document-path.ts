import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";

/**
 * The position of a node of a running flow in its document: "book/hi" (the node `hi` inside `book`) is "greeting/hi" when
 * `book` plays the part `greeting`. Null inside another flow, which has a document of its own.
 */
export function documentPath(flow: Flow, path: string): string | null {
  const segments = path.split("/");
  let nodes: Record<string, FlowNode> = flow.nodes;
  let prefix = "";
  while (segments.length > 0) {
    const id = segments.shift()!;
    const node = nodes[id];
    if (segments.length === 0) return prefix + id;
    const graphs = node ? graphsOf(node) : [];
    const graph = graphs.length === 1 && graphs[0]!.name === undefined ? graphs[0] : graphs.find((each) => each.name === segments[0]);
    if (graph?.name !== undefined) segments.shift();
    const part = graph?.part === undefined ? undefined : flow.parts[graph.part];
    if (!part) return null;
    nodes = part.nodes;
    prefix = `${graph!.part}/`;
  }
  return null;
}

function graphsOf(node: FlowNode): { name?: string; part?: string | undefined }[] {
  const definition = nodeTypes[node.type];
  const config = definition?.graphs ? definition.config.safeParse(node.config) : null;
  return definition?.graphs && config?.success ? definition.graphs(config.data) : [];
}
