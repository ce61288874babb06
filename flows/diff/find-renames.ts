import type { FlowNode } from "../schema/flow.ts";
import type { Graph } from "../schema/graph.ts";
import { canonical } from "./same.ts";

/**
 * Renamed nodes: pairs of a node missing in `b` and a node new in `b` that are equal except for their edges and have the
 * same neighbours when the renamed ids are read as one (all edges out, at least one edge in). Old id → new id.
 */
export function findRenames(a: Graph, b: Graph): Map<string, string> {
  const renames = pairUp(a, b);
  const into = { a: edgesInto(a), b: edgesInto(b) };
  const neighbours = (from: string, to: string): boolean => {
    const name = (id: string) => renames.get(id) ?? id;
    if (canonical(exitsOf(a.nodes[from]!, name)) !== canonical(b.nodes[to]!.exits)) return false;
    const before = into.a.get(from) ?? [];
    const after = new Set(into.b.get(to)?.map(([source, exit]) => `${source} ${exit}`));
    return before.length === 0 ? after.size === 0 : before.some(([source, exit]) => after.has(`${name(source)} ${exit}`));
  };
  for (;;) {
    const wrong = [...renames].filter(([from, to]) => !neighbours(from, to));
    if (wrong.length === 0) return renames;
    for (const [from] of wrong) renames.delete(from);
  }
}

/** First guess: nodes with the same content and the same lasting neighbours, in order. */
function pairUp(a: Graph, b: Graph): Map<string, string> {
  const lasting = (id: string) => Object.hasOwn(a.nodes, id) && Object.hasOwn(b.nodes, id);
  const face = (node: FlowNode) => canonical({ ...node, exits: exitsOf(node, (id) => (lasting(id) ? id : "?")) });
  const fresh = new Map<string, string[]>();
  for (const [id, node] of Object.entries(b.nodes)) if (!lasting(id)) fresh.set(face(node), [...(fresh.get(face(node)) ?? []), id]);
  const renames = new Map<string, string>();
  for (const [id, node] of Object.entries(a.nodes)) {
    const to = lasting(id) ? undefined : fresh.get(face(node))?.shift();
    if (to !== undefined) renames.set(id, to);
  }
  return renames;
}

const exitsOf = (node: FlowNode, name: (id: string) => string) => Object.fromEntries(Object.entries(node.exits).map(([exit, to]) => [exit, name(to)]));

/** Edges by the node they lead to; the start is an edge from nowhere. */
function edgesInto(graph: Graph): Map<string, [source: string, exit: string][]> {
  const into = new Map<string, [string, string][]>([[graph.start, [["", "start"]]]]);
  for (const [source, node] of Object.entries(graph.nodes))
    for (const [exit, target] of Object.entries(node.exits)) {
      const edges = into.get(target);
      if (edges) edges.push([source, exit]);
      else into.set(target, [[source, exit]]);
    }
  return into;
}
