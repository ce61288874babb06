import type { DocumentEdit } from "../../schema/issue.ts";
import { localId, removeLoose } from "../fixes/places.ts";
import type { CheckContext, Finding, FlowRule, PlacedNode } from "../rule.ts";

const mostFixes = 20;

/** A node that no path leads to. A part that no node plays is reported once, at its first node. */
export const unreachableNode: FlowRule = {
  code: "unreachable-node",
  severity: "warning",
  needs: ["shape", "wires", "looks", "names", "plays", "texts", "head"],
  check(context) {
    const { all, reachable, graph } = context;
    const played = new Set(all.flatMap(({ graph: own }, place) => (reachable[place] === 1 ? [own.part] : [])));
    // Each fix searches the graph: a flow cut in two gets fixes only for its first loose nodes.
    let offered = 0;
    return all.flatMap((node, place): Finding[] => {
      if (reachable[place] === 1) return [];
      if (node.graph.part !== null && !played.has(node.graph.part)) return graph.startOf(node.graph.part) === place ? [unplayed(context, node)] : [];
      return [
        {
          node: node.id,
          message: { ru: "сюда не ведёт ни один путь: соедините или удалите", en: "no path leads to this node: connect it or delete it" },
          fixes:
            offered < mostFixes && removable(context, node, place) && ++offered > 0
              ? [{ title: { ru: "Удалить узел", en: "Delete the node" }, edits: [...removeLoose(node), ...ownPrompts(context, [node])] }]
              : [],
        },
      ];
    });
  },
};

function unplayed(context: CheckContext, { id, graph }: PlacedNode): Finding {
  const part = graph.part!;
  const own = context.all.filter((node) => node.graph === graph);
  const needed = context.all.some(({ facts, graph: around }) => around !== graph && facts.graphs.some((ref) => ref.part === part));
  const spare = !needed && own.every((node) => writesNothingNeeded(context, node));
  return {
    node: id,
    message: {
      ru: `часть «${part}» никто не проигрывает: вставьте её узлом «Подсценарий» или удалите`,
      en: `no node plays part "${part}": add a Subflow node or delete the part`,
    },
    fixes: spare
      ? [{ title: { ru: `Удалить часть «${part}»`, en: `Delete part "${part}"` }, edits: [...ownPrompts(context, own), { remove: ["parts", part] }] }]
      : [],
  };
}

const wired = new WeakMap<CheckContext, Set<string>>();

/** Nodes named by any exit, reachable or not. */
function wiredTo(context: CheckContext): ReadonlySet<string> {
  let names = wired.get(context);
  if (!names) wired.set(context, (names = namedByExits(context)));
  return names;
}

function namedByExits({ all }: CheckContext): Set<string> {
  const names = new Set<string>();
  for (const { node, graph } of all) for (const exit in node.exits) names.add(graph.prefix + node.exits[exit]!);
  return names;
}

/** Nothing leads to it, and nothing reads what only it writes. */
function removable(context: CheckContext, node: PlacedNode, place: number): boolean {
  if (localId(node) === node.graph.start || context.graph.before[place]!.length > 0 || wiredTo(context).has(node.id)) return false;
  return !node.facts.definition?.root && node.facts.graphs.length === 0 && writesNothingNeeded(context, node);
}

const writesNothingNeeded = ({ flow }: CheckContext, { facts }: PlacedNode): boolean => facts.results.every(({ name }) => Object.hasOwn(flow.variables, name));

/** Prompts played only by these nodes are removed with them, if every form is valid enough to tell. */
function ownPrompts(context: CheckContext, nodes: readonly PlacedNode[]): DocumentEdit[] {
  const { flow, all } = context;
  const { players, sound } = context.kept("unreachable-node", ["shape", "plays"], () => {
    const played = new Map<string, number>();
    for (const { facts } of all) for (const key of new Set(facts.prompts)) played.set(key, (played.get(key) ?? 0) + 1);
    return { players: played, sound: all.every(({ facts }) => facts.config !== undefined) };
  });
  if (!sound) return [];
  const own = new Map<string, number>();
  for (const { facts } of nodes) for (const key of new Set(facts.prompts)) own.set(key, (own.get(key) ?? 0) + 1);
  return [...own].flatMap(([key, count]) => (players.get(key) === count && Object.hasOwn(flow.prompts, key) ? [{ remove: ["prompts", key] }] : []));
}
