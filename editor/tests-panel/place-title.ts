import type { Flow } from "../../flows/schema/flow.ts";
import { exitLabel } from "../canvas/exit-label.ts";
import { titleOf } from "../document/node-facts.ts";
import { placeOf, viewOf } from "../document/part-view.ts";
import type { Translate } from "../i18n/index.ts";

/** A place of coverage ("node", "part/node:exit") in words: the node's title and what the exit is called. */
export function placeTitle(flow: Flow, place: string, language: string, t: Translate): string {
  const cut = place.indexOf(":");
  const path = cut < 0 ? place : place.slice(0, cut);
  const { part, node } = placeOf(path);
  const view = viewOf(flow, part);
  const title = view.nodes[node] ? titleOf(view, node, language) : path;
  return cut < 0 ? title : `${title} → ${exitLabel(place.slice(cut + 1), view, node, language, t)}`;
}
