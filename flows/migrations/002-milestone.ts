import { configOf, mapNodes } from "./map-nodes.ts";
import type { Migration } from "./migration.ts";

/** The node `log` becomes `milestone`: its message is the note, and it may get a name for reports. */
export const milestone: Migration = {
  from: 1,
  to: 2,
  title: { ru: "Узел «log» теперь «milestone»", en: 'The node "log" was renamed to "milestone"' },
  up: (document) =>
    mapNodes(document, (node) => {
      if (node["type"] !== "log") return node;
      const { message, ...rest } = configOf(node);
      return { ...node, type: "milestone", config: { name: "", ...(message === undefined ? {} : { note: message }), ...rest } };
    }),
};
