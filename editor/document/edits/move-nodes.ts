import { edit, type Edit } from "./edit.ts";

/** Puts nodes at new places; a drag of the same nodes is one undo step. */
export function moveNodes(places: Record<string, [number, number]>): Edit {
  return edit("move-nodes", (flow) => ({ layout: { ...flow.layout, ...places } }), `move:${Object.keys(places).sort().join(",")}`);
}
