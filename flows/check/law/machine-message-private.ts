import { reach } from "../call-graph.ts";
import type { FlowRule } from "../rule.ts";
import { byLaw } from "./laws.ts";

const asks = new Set(["amd", "dial"]);
const personal = new Set(["contact", "vars", "result"]);

/** A message left on an answering machine contains personal data that other people may hear. */
export const machineMessagePrivate: FlowRule = {
  code: "machine-message-private",
  severity: "warning",
  needs: ["shape", "wires", "plays", "texts"],
  check(context) {
    const { all, graph } = context;
    const roots = all.flatMap(({ node }, place) => (asks.has(node.type) ? [graph.exit(place, "machine")] : []));
    if (roots.every((root) => root < 0)) return [];
    // Nodes after another dial or detector are not considered.
    const machine = reach(graph.forward, roots, (place) => !asks.has(all[graph.nodeAt(place)]!.node.type));
    return all.flatMap(({ id, facts }, place) => {
      if (machine[place] !== 1) return [];
      const key = facts.prompts.find((each) => context.prompt(each)?.reads.some(({ root }) => personal.has(root)));
      if (key === undefined) return [];
      return [
        {
          node: id,
          path: `prompts.${key}`,
          message: byLaw(
            "RU-230-3P",
            "автоответчику называют личные данные: оставьте только имя компании и просьбу перезвонить",
            "an answering machine receives personal data: leave only the company name and a request to call back",
          ),
        },
      ];
    });
  },
};
