import type { Flow, FlowNode } from "./flow.ts";

/** One graph of a flow: the flow itself (`part` null) or one of its parts. `prefix` makes paths: "" or "part/". */
export type Graph = { part: string | null; prefix: string; start: string; nodes: Record<string, FlowNode>; layout: Record<string, [number, number]> };

/** The flow's own graph first, then its parts in order. */
export function graphsOf(flow: Pick<Flow, "start" | "nodes" | "layout" | "parts">): Graph[] {
  const own: Graph = { part: null, prefix: "", start: flow.start, nodes: flow.nodes, layout: flow.layout };
  const parts = Object.entries(flow.parts ?? {}).map(([id, part]): Graph => ({
    part: id,
    prefix: `${id}/`,
    start: part.start,
    nodes: part.nodes,
    layout: part.layout,
  }));
  return [own, ...parts];
}

/** Every node of the flow with its path: "greet", "lookup/ask". */
export function allNodes(flow: Pick<Flow, "start" | "nodes" | "layout" | "parts">): [path: string, node: FlowNode][] {
  return graphsOf(flow).flatMap(({ prefix, nodes }) => Object.entries(nodes).map(([id, node]): [string, FlowNode] => [prefix + id, node]));
}
