import { localId, removeNode } from "../fixes/places.ts";
import type { FlowRule } from "../rule.ts";

/** On hang-up and On error start a path of the whole call: inside a part they never run. */
export const rootNodeInPart: FlowRule = {
  code: "root-node-in-part",
  severity: "error",
  needs: ["shape", "wires", "looks", "names", "head"],
  check: ({ all, graph: calls }) =>
    all.flatMap((node, place) => {
      const { graph, facts } = node;
      if (graph.part === null || !facts.definition?.root) return [];
      const alone = calls.before[place]!.length === 0 && localId(node) !== graph.start && facts.results.length === 0;
      return [
        {
          node: node.id,
          message: {
            ru: `«${facts.definition.title.ru}» внутри части не сработает: перенесите узел в сам сценарий`,
            en: `"${facts.definition.title.en}" never runs inside a part: move it to the flow itself`,
          },
          fixes: alone ? [{ title: { ru: "Удалить узел", en: "Delete the node" }, edits: removeNode(node) }] : [],
        },
      ];
    }),
};
