import { removeNode } from "../fixes/places.ts";
import type { CheckContext, Finding, FlowRule, PlacedNode } from "../rule.ts";

/** A node that no path leads to. A part that nothing plays is told once, at its first node. */
export const unreachableNode: FlowRule = {
  code: "unreachable-node",
  severity: "warning",
  check(context) {
    const { all, reachable, graph } = context;
    const played = new Set(all.flatMap(({ graph: own }, place) => (reachable[place] === 1 ? [own.part] : [])));
    return all.flatMap((node, place): Finding[] => {
      if (reachable[place] === 1) return [];
      if (node.graph.part !== null && !played.has(node.graph.part)) return graph.startOf(node.graph.part) === place ? [unplayed(node)] : [];
      return [
        {
          node: node.id,
          message: { ru: "сюда не ведёт ни один путь: соедините или удалите", en: "no path leads here: connect it or delete it" },
          fixes: removable(context, node, place) ? [{ title: { ru: "Удалить узел", en: "Delete the node" }, edits: removeNode(node) }] : [],
        },
      ];
    });
  },
};

function unplayed({ id, graph }: PlacedNode): Finding {
  return {
    node: id,
    message: {
      ru: `часть «${graph.part}» никто не проигрывает: вставьте её узлом «Подсценарий» или удалите`,
      en: `nothing plays the part "${graph.part}": put it in with a Subflow node or delete it`,
    },
  };
}

/** Nothing leads to it, and nobody reads what only it writes. */
function removable(context: CheckContext, node: PlacedNode, place: number): boolean {
  if (context.graph.before[place]!.length > 0 || node.facts.definition?.root || node.facts.graphs.length > 0) return false;
  const { variables } = context.flow;
  return node.facts.results.every(({ name }) => Object.hasOwn(variables, name));
}
