import { documentPath } from "../../flows/compile/document-path.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { placeOf } from "../document/part-view.ts";
import type { Overlay } from "./canvas-model.ts";

/** What an overlay of the whole flow shows on the graph of one part: places of a playing call become nodes of that graph. */
export function overlayIn(flow: Flow, part: string | null, overlay: Overlay): Overlay {
  const here = (played: string): string | null => {
    const place = placeOf(documentPath(flow, played) ?? played);
    return place.part === part ? place.node : null;
  };
  const visits = overlay.visits.flatMap((visit) => {
    const node = here(visit.node);
    return node === null ? [] : [{ ...visit, node }];
  });
  const inside = part === null ? "" : `${part}/`;
  const own = (path: string): string[] => (path.startsWith(inside) && (part !== null || !path.split(":")[0]!.includes("/")) ? [path.slice(inside.length)] : []);
  return {
    ...overlay,
    active: overlay.active === null ? null : (here(overlay.active) ?? aroundOf(overlay.active, part)),
    visits,
    ...(overlay.visited ? { visited: new Set([...overlay.visited].flatMap(own)) } : {}),
    ...(overlay.changed ? { changed: new Map([...overlay.changed].flatMap(([path, mark]) => own(path).map((id) => [id, mark] as const))) } : {}),
  };
}

/** On the flow's own canvas the node that plays the part lights up. */
const aroundOf = (played: string, part: string | null): string | null => (part === null ? (played.split("/")[0] ?? null) : null);
