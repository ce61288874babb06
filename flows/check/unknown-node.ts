import { nodeTypes } from "../nodes/index.ts";
import type { Rule } from "./rule.ts";

/** A node whose type does not exist, or does not belong to this kind of flow. */
export const unknownNode: Rule = {
  code: "unknown-node",
  severity: "error",
  check: ({ flow }) =>
    Object.entries(flow.nodes).flatMap(([id, node]) => {
      const definition = nodeTypes[node.type];
      if (!definition)
        return [{ node: id, message: { ru: `нет узла типа «${node.type}» — замените его`, en: `there is no node type "${node.type}": replace it` } }];
      if (definition.kinds.includes(flow.kind)) return [];
      return [
        {
          node: id,
          message: {
            ru: `узел «${definition.title.ru}» не для сценариев вида ${flow.kind}`,
            en: `"${definition.title.en}" does not belong in a flow of kind ${flow.kind}`,
          },
        },
      ];
    }),
};
