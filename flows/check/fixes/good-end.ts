import { labelText } from "../../schema/values.ts";
import type { DocumentEdit, Fix } from "../../schema/issue.ts";
import type { Graph } from "../../schema/graph.ts";
import type { CheckContext, PlacedNode } from "../rule.ts";
import { addNode, freeId, localId, wire } from "./places.ts";

type End = { id: string; name: { ru: string; en: string }; edits: DocumentEdit[] };
const ends = new WeakMap<CheckContext, Map<string | null, readonly PlacedNode[]>>();

/** Maximum number of choices to offer. */
const mostChoices = 4;

/**
 * Fixes that connect exits to an end: one per existing end and, in an ivr, one for a new Hang up node. Only the author
 * knows which end, and which outcome, is right. A phrase is never offered: it belongs to its own branch.
 */
export function wireToEnd(context: CheckContext, from: PlacedNode, exits: readonly string[]): Fix[] {
  if (exits.length === 0) return [];
  const ru = exits.map((exit) => `«${exit}»`).join(", ");
  const en = exits.map((exit) => `"${exit}"`).join(", ");
  return endsFor(context, from).map(({ id, name, edits }) => ({
    title: { ru: `Соединить ${ru} с «${name.ru}»`, en: `Connect ${en} to "${name.en}"` },
    edits: [...edits, ...exits.map((exit) => wire(from, exit, id))],
  }));
}

/** Possible ends for this node: reachable ends of its graph, then the others, then a new Hang up node. */
function endsFor(context: CheckContext, from: PlacedNode): End[] {
  const { graph } = from;
  const there = existingEnds(context, graph)
    .filter((node) => node !== from)
    .slice(0, mostChoices)
    .map((node): End => ({ id: localId(node), name: nameOf(node), edits: [] }));
  if (graph.part !== null || context.flow.kind !== "ivr") return there;
  const id = freeId(graph, "end");
  const added = {
    id,
    name: { ru: "новое завершение звонка", en: "a new Hang up node" },
    edits: addNode(graph, id, { type: "hangup", config: {}, exits: {} }, localId(from)),
  };
  return [...there, added];
}

/** The title of an end, and the outcome it sets. */
function nameOf(node: PlacedNode): End["name"] {
  const outcome = node.node.config["outcome"];
  const name = (language: string) => {
    const title = labelText(node.node.title, language) || localId(node);
    return typeof outcome === "string" && outcome !== "" && outcome !== title ? `${title} · ${outcome}` : title;
  };
  return { ru: name("ru"), en: name("en") };
}

function existingEnds(context: CheckContext, graph: Graph): readonly PlacedNode[] {
  let byGraph = ends.get(context);
  if (!byGraph) ends.set(context, (byGraph = new Map()));
  const before = byGraph.get(graph.part);
  if (before !== undefined) return before;
  const finals = context.all.flatMap((node, place) => (isEnd(node, graph) ? [{ node, place }] : []));
  const found = finals.toSorted((a, b) => context.reachable[b.place]! - context.reachable[a.place]!).map(({ node }) => node);
  byGraph.set(graph.part, found);
  return found;
}

const isEnd = (node: PlacedNode, graph: Graph): boolean =>
  node.graph.part === graph.part &&
  node.node.enabled !== false &&
  node.facts.definition?.final === true &&
  node.facts.config !== undefined &&
  Object.keys(node.node.exits).length === 0;
