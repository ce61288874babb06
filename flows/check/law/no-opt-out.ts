import type { FlowRule } from "../rule.ts";
import { byLaw } from "./laws.ts";

const stopList = /dnc|do-?not|no-?call|opt-?out|stop|black|refus|otkaz|ne-?zvonit/;

/** An automated call that gives people no way to opt out. */
export const noOptOut: FlowRule = {
  code: "no-opt-out",
  severity: "warning",
  needs: ["shape", "wires", "forms", "head"],
  check(context) {
    const { flow, all, reachable, graph } = context;
    const outbound = flow.passport?.purpose !== undefined && flow.passport.purpose !== "service";
    if (flow.kind !== "ivr" || !outbound || graph.start < 0) return [];
    const offered = all.some(({ node, facts }, place) => {
      if (reachable[place] !== 1 || facts.config === undefined || node.enabled === false) return false;
      if (facts.outcomes.some((outcome) => stopList.test(outcome))) return true;
      const { list, action } = facts.config as { list?: string; action?: string };
      return node.type === "list" && action === "add" && stopList.test(list ?? "");
    });
    if (offered) return [];
    return [
      {
        node: all[graph.start]!.id,
        message: byLaw(
          "RU-41-MASS",
          "нельзя сказать «не звоните мне»: добавьте клавишу и узел «Список номеров», который вносит номер в список отказов",
          "people cannot opt out of the calls: add a key and a Number list node that adds the number to the do-not-call list",
        ),
      },
    ];
  },
};
