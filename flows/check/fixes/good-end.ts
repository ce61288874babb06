import type { DocumentEdit, Fix } from "../../schema/issue.ts";
import type { Graph } from "../../schema/graph.ts";
import type { CheckContext, PlacedNode } from "../rule.ts";
import { addNode, freeId, localId, wire } from "./places.ts";

type End = { id: string; name: string; edits: DocumentEdit[] };
const ends = new WeakMap<CheckContext, Map<string | null, PlacedNode | null>>();

/**
 * A place where a call may well end: a goodbye that leads to the end, else an end that is there, else (in an ivr) a new
 * hang-up. Null when that would have to be invented.
 */
export function goodEnd(context: CheckContext, graph: Graph, from: PlacedNode): End | null {
  const found = existingEnd(context, graph);
  if (found && found !== from) return { id: localId(found), name: nameOf(found), edits: [] };
  if (graph.part !== null || context.flow.kind !== "ivr") return null;
  const id = freeId(graph, "end");
  return { id, name: id, edits: addNode(graph, id, { type: "hangup", config: {}, exits: {} }, localId(from)) };
}

/** Wires exits of a node to a good end; no fix when there is none. */
export function wireToEnd(context: CheckContext, from: PlacedNode, exits: readonly string[]): Fix[] {
  const end = goodEnd(context, from.graph, from);
  if (!end || exits.length === 0) return [];
  const what = exits.map((exit) => `«${exit}»`).join(", ");
  const title = { ru: `Соединить ${what} с «${end.name}»`, en: `Connect ${exits.map((exit) => `"${exit}"`).join(", ")} to "${end.name}"` };
  return [{ title, edits: [...end.edits, ...exits.map((exit) => wire(from, exit, end.id))] }];
}

const nameOf = (node: PlacedNode): string => {
  const { title } = node.node;
  return (typeof title === "string" ? title : (title?.ru ?? title?.en)) || localId(node);
};

function existingEnd(context: CheckContext, graph: Graph): PlacedNode | null {
  let byGraph = ends.get(context);
  if (!byGraph) ends.set(context, (byGraph = new Map()));
  const before = byGraph.get(graph.part);
  if (before !== undefined) return before;
  const own = context.all.flatMap((node, place) => (node.graph.part === graph.part && node.node.enabled !== false ? [{ node, place }] : []));
  const finals = own.filter(({ node }) => node.facts.definition?.final && node.facts.config !== undefined && Object.keys(node.node.exits).length === 0);
  const goodbyes = own.filter(({ node, place }) => {
    const next = context.graph.exit(place, "next");
    return (
      node.node.type === "say" &&
      node.facts.config !== undefined &&
      Object.keys(node.node.exits).length === 1 &&
      next >= 0 &&
      finals.some((end) => end.place === next)
    );
  });
  const chosen = [...goodbyes.slice(0, 50), ...finals].find(({ place }) => context.reachable[place] === 1) ?? finals[0];
  byGraph.set(graph.part, chosen?.node ?? null);
  return chosen?.node ?? null;
}
