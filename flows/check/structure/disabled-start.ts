import { nodePath } from "../fixes/places.ts";
import { allCanEnd } from "./no-path-to-end.ts";
import type { FlowRule } from "../rule.ts";

/** The first node is disabled: the call passes it by its first exit, as if that had been the answer. */
export const disabledStart: FlowRule = {
  code: "disabled-start",
  severity: "warning",
  needs: ["shape", "wires", "head"],
  check(context) {
    const { graphs, graph: calls, all } = context;
    return graphs.flatMap((graph) => {
      const place = calls.at(graph, graph.start);
      const node = all[place];
      if (node?.node.enabled !== false) return [];
      const exits = Object.keys(node.node.exits).map((exit) => calls.exit(place, exit));
      return [
        {
          node: node.id,
          message: {
            ru: "первый узел выключен: звонок пройдёт мимо него первым выходом. Включите его или начните с другого",
            en: "the first node is disabled: the call leaves it by its first exit. Enable it or start with another node",
          },
          fixes: allCanEnd(context, exits)
            ? [{ title: { ru: "Включить узел", en: "Enable the node" }, edits: [{ remove: [...nodePath(node), "enabled"] }] }]
            : [],
        },
      ];
    });
  },
};
