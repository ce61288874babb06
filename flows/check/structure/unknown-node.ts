import type { FlowRule, PlacedNode } from "../rule.ts";

/** A node whose type does not exist, or does not belong to this kind of flow. */
export const unknownNode: FlowRule = {
  code: "unknown-node",
  severity: "error",
  needs: ["shape", "head"],
  check: ({ flow, all }) =>
    all.flatMap((place) => {
      const { id, node, facts } = place;
      const { definition } = facts;
      if (!definition)
        return [{ node: id, message: { ru: `нет узла типа «${node.type}» — замените его`, en: `there is no node type "${node.type}": replace it` } }];
      if (definition.kinds.includes(flow.kind)) return [];
      return [foreign(place, flow.kind)];
    }),
};

function foreign({ id, facts }: PlacedNode, kind: string) {
  const { title } = facts.definition!;
  return {
    node: id,
    message: { ru: `узел «${title.ru}» не для сценариев вида ${kind}`, en: `"${title.en}" does not belong in a flow of kind ${kind}` },
  };
}
