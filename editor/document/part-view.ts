import type { Flow } from "../../flows/schema/flow.ts";

/**
 * A part viewed as if it were the flow: its nodes, start and layout replace those of the flow; everything else is
 * the same. Canvas, inspector and edits work on the view and need not know which graph it is.
 */
export function viewOf(whole: Flow, part: string | null): Flow {
  const graph = part === null ? undefined : whole.parts[part];
  return graph ? { ...whole, start: graph.start, nodes: graph.nodes, layout: graph.layout } : whole;
}

/** The whole flow after its view was edited. */
export function wholeOf(before: Flow, part: string | null, view: Flow): Flow {
  const graph = part === null ? undefined : before.parts[part];
  if (part === null || !graph) return view;
  const { start, nodes, layout } = view;
  const same = start === graph.start && nodes === graph.nodes && layout === graph.layout;
  const parts = same ? view.parts : { ...view.parts, [part]: { ...graph, start, nodes, layout } };
  return { ...view, start: before.start, nodes: before.nodes, layout: before.layout, parts };
}

/** Path in the document of a node of the view: "ask" is "lookup/ask" in the part `lookup`. */
export const pathIn = (part: string | null, node: string): string => (part === null ? node : `${part}/${node}`);

/** The part and the id of a node by its path in the document. */
export function placeOf(path: string): { part: string | null; node: string } {
  const cut = path.indexOf("/");
  return cut < 0 ? { part: null, node: path } : { part: path.slice(0, cut), node: path.slice(cut + 1) };
}
