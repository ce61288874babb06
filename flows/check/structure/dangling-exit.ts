import { wireToEnd } from "../fixes/good-end.ts";
import { unwire } from "../fixes/places.ts";
import type { CheckContext, Finding, FlowRule, PlacedNode } from "../rule.ts";

const falls = new Set(["error", "noInput", "invalid", "timeout", "hangup"]);

/** An exit without a target: required but not connected, or connected to a node that does not exist. */
export const danglingExit: FlowRule = {
  code: "dangling-exit",
  severity: "error",
  needs: ["shape", "wires", "looks", "head"],
  check(context) {
    const found: Finding[] = context.graph.lostExits.map(({ place, exit }) => lost(context, context.all[place]!, exit));
    for (const node of context.nodes) {
      if (node.definition.final) continue;
      for (const exit of node.exits) {
        if (!Object.hasOwn(node.node.exits, exit) && !falls.has(exit)) found.push(unwired(context, node, exit));
      }
    }
    return found;
  },
};

function lost(context: CheckContext, node: PlacedNode, exit: string): Finding {
  const to = node.node.exits[exit]!;
  const { facts } = node;
  // A required exit is connected to an end; an exit with a fallback is removed.
  const needed = facts.exits.includes(exit) && exit !== "timeout";
  const remove = { title: { ru: "Убрать связь", en: "Remove the edge" }, edits: [unwire(node, exit)] };
  return {
    node: node.id,
    path: `exits.${exit}`,
    message: { ru: `выход «${exit}» ведёт в несуществующий узел «${to}»`, en: `exit "${exit}" leads to "${to}", which does not exist` },
    fixes: facts.config === undefined ? [] : needed ? wireToEnd(context, node, [exit]) : [remove],
  };
}

function unwired(context: CheckContext, node: PlacedNode, exit: string): Finding {
  return {
    node: node.id,
    path: `exits.${exit}`,
    message: { ru: `выход «${exit}» никуда не ведёт: соедините его с узлом`, en: `exit "${exit}" is not connected: connect it to a node` },
    fixes: wireToEnd(context, node, [exit]),
  };
}
