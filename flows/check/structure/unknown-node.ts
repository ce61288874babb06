import { nodeTypes } from "../../nodes/index.ts";
import type { FlowKind } from "../../schema/flow.ts";
import type { Fix } from "../../schema/issue.ts";
import { nearest } from "../fixes/nearest.ts";
import { nodePath } from "../fixes/places.ts";
import type { FlowRule, PlacedNode } from "../rule.ts";

/** A node whose type does not exist or cannot be used in this kind of flow. */
export const unknownNode: FlowRule = {
  code: "unknown-node",
  severity: "error",
  needs: ["shape", "head"],
  check: ({ flow, all }) =>
    all.flatMap((place) => {
      const { id, node, facts } = place;
      const { definition } = facts;
      if (!definition)
        return [
          {
            node: id,
            message: { ru: `нет узла типа «${node.type}» — замените его`, en: `unknown node type "${node.type}": replace the node` },
            fixes: meant(place, flow.kind),
          },
        ];
      if (definition.kinds.includes(flow.kind)) return [];
      return [foreign(place, flow.kind)];
    }),
};

function foreign({ id, facts }: PlacedNode, kind: string) {
  const { title } = facts.definition!;
  return {
    node: id,
    message: { ru: `узел «${title.ru}» не для сценариев вида ${kind}`, en: `"${title.en}" cannot be used in a flow of kind ${kind}` },
  };
}

/** The most similar type of this kind of flow. */
function meant(place: PlacedNode, kind: FlowKind): Fix[] {
  const types = Object.values(nodeTypes).filter(({ kinds }) => kinds.includes(kind));
  const type = nearest(
    place.node.type,
    types.map((each) => each.type),
  );
  if (type === null) return [];
  const { title } = nodeTypes[type]!;
  return [{ title: { ru: `Сделать узлом «${title.ru}»`, en: `Change the type to "${title.en}"` }, edits: [{ set: [...nodePath(place), "type"], to: type }] }];
}
