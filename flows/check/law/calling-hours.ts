import { reach } from "../call-graph.ts";
import type { FlowRule } from "../rule.ts";
import { byLaw } from "./laws.ts";

const clocks = new Set(["business-hours", "wait-until"]);

/** The first call goes out whenever the contact wakes up. The calling window of the campaign still delays it. */
export const callingHours: FlowRule = {
  code: "calling-hours",
  severity: "warning",
  needs: ["shape", "wires", "head"],
  check({ flow, all, graph }) {
    if (flow.kind !== "strategy") return [];
    const timeless = reach(graph.next, [graph.start], (place) => !clocks.has(all[graph.nodeAt(place)]!.node.type));
    return all.flatMap(({ id, node }, place) =>
      timeless[place] === 1 && node.type === "dial" && node.enabled !== false
        ? [
            {
              node: id,
              message: byLaw(
                "RU-230-HRS",
                "звонок без оглядки на часы: поставьте перед ним «Часы работы» или «Подождать». Окно кампании запретит ночной звонок, но контакт потеряет попытку",
                "dials without checking the time: put Business hours or Wait until before it. The calling window denies a night call, but the contact loses the attempt",
              ),
            },
          ]
        : [],
    );
  },
};
