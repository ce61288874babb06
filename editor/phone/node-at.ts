import { documentPath } from "../../flows/compile/document-path.ts";
import type { Flow, FlowNode } from "../../flows/schema/flow.ts";
import { exitLabel } from "../canvas/exit-label.ts";
import { titleOf } from "../document/node-facts.ts";
import { placeOf, viewOf } from "../document/part-view.ts";
import type { Translate } from "../i18n/index.ts";

/** The graph and the id of a node by its path in a call or in the document; null inside another flow. */
function locate(flow: Flow, path: string): { view: Flow; id: string; node: FlowNode } | null {
  for (const each of [documentPath(flow, path), path]) {
    if (each === null) continue;
    const { part, node: id } = placeOf(each);
    const view = viewOf(flow, part);
    const node = view.nodes[id];
    if (node) return { view, id, node };
  }
  return null;
}

/** The node of a place in a call; null inside another flow, and where no node is. */
export const nodeAt = (flow: Flow, path: string): FlowNode | null => locate(flow, path)?.node ?? null;

/** Its title, or the path itself. */
export function titleAt(flow: Flow, path: string, language: string): string {
  const place = locate(flow, path);
  return place ? titleOf(place.view, place.id, language) : path;
}

/** How one of its exits is called. */
export function exitAt(flow: Flow, path: string, exit: string, language: string, t: Translate): string {
  const place = locate(flow, path);
  return place ? exitLabel(exit, place.view, place.id, language, t) : exit;
}
