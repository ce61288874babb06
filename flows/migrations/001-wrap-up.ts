import { mapNodes } from "./map-nodes.ts";
import type { Migration } from "./migration.ts";

/** The node `disposition` is called `wrap-up`: a disposition is what the operator chose there, not the node. */
export const wrapUp: Migration = {
  from: 1,
  to: 2,
  title: { ru: "Узел «disposition» теперь «wrap-up»", en: 'The node "disposition" was renamed to "wrap-up"' },
  up: (document) => mapNodes(document, (node) => (node["type"] === "disposition" ? { ...node, type: "wrap-up" } : node)),
};
