import type { DocumentEdit, DocumentPath } from "../../schema/issue.ts";
import type { FlowNode } from "../../schema/flow.ts";
import type { Graph } from "../../schema/graph.ts";
import type { PlacedNode } from "../rule.ts";

/** Where the nodes of a graph are in the document. */
export const graphPath = (graph: Graph): DocumentPath => (graph.part === null ? [] : ["parts", graph.part]);
export const nodesPath = (graph: Graph): DocumentPath => [...graphPath(graph), "nodes"];
/** Id of a node in its own graph. */
export const localId = ({ id, graph }: Pick<PlacedNode, "id" | "graph">): string => id.slice(graph.prefix.length);
export const nodePath = (place: Pick<PlacedNode, "id" | "graph">): DocumentPath => [...nodesPath(place.graph), localId(place)];

export const wire = (from: PlacedNode, exit: string, to: string): DocumentEdit => ({ set: [...nodePath(from), "exits", exit], to });
export const unwire = (from: PlacedNode, exit: string): DocumentEdit => ({ remove: [...nodePath(from), "exits", exit] });
export const setConfig = (node: PlacedNode, field: readonly string[], to: unknown): DocumentEdit => ({ set: [...nodePath(node), "config", ...field], to });

/** A new node next to another one, with its position on the canvas. */
export function addNode(graph: Graph, id: string, node: FlowNode, beside: string): DocumentEdit[] {
  const [x, y] = Object.hasOwn(graph.layout, beside) ? graph.layout[beside]! : [0, 0];
  return [
    { set: [...nodesPath(graph), id], to: node },
    { set: [...graphPath(graph), "layout", id], to: [x + 340, y + 150] },
  ];
}

/** Removes a node, its place, and the exits of its graph that lead to it. */
export function removeNode(node: PlacedNode): DocumentEdit[] {
  const { graph } = node;
  const id = localId(node);
  const wires = Object.entries(graph.nodes).flatMap(([from, each]) =>
    from === id ? [] : Object.entries(each.exits).flatMap(([exit, to]) => (to === id ? [{ remove: [...nodesPath(graph), from, "exits", exit] }] : [])),
  );
  return [...wires, ...removeLoose(node)];
}

/** Removes a node that no exit leads to, with its position. */
export function removeLoose(node: PlacedNode): DocumentEdit[] {
  const { graph } = node;
  const place = Object.hasOwn(graph.layout, localId(node)) ? [{ remove: [...graphPath(graph), "layout", localId(node)] }] : [];
  return [{ remove: nodePath(node) }, ...place];
}

/** "end" → "end", "end-2", …: an id that the graph does not have. */
export function freeId(graph: Graph, base: string): string {
  if (!Object.hasOwn(graph.nodes, base)) return base;
  for (let n = 2; ; n++) if (!Object.hasOwn(graph.nodes, `${base}-${n}`)) return `${base}-${n}`;
}
