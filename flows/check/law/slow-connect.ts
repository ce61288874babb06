import { knownNumber, type Tunable } from "../../nodes/tunable.ts";
import { setConfig } from "../fixes/places.ts";
import type { NodeRule } from "../rule.ts";
import { byLaw, connectSeconds } from "./laws.ts";

/** The answering party waits for an operator longer than the time after which the call counts as abandoned. */
export const slowConnect: NodeRule = {
  code: "slow-connect",
  severity: "warning",
  types: ["connect-operator"],
  each(node, { flow }) {
    const maxSeconds = knownNumber((node.config as { maxSeconds: Tunable }).maxSeconds, 0);
    if (flow.kind !== "strategy" || maxSeconds <= connectSeconds) return [];
    return [
      {
        node: node.id,
        path: "config.maxSeconds",
        message: byLaw(
          "US-TSR-ABN",
          `ответивший ждёт оператора до ${maxSeconds} с, дольше ${connectSeconds} с — уже брошенный вызов`,
          `the answering party waits up to ${maxSeconds} s for an operator; after ${connectSeconds} s the call counts as abandoned`,
        ),
        fixes: [{ title: { ru: `Ждать ${connectSeconds} с`, en: `Wait ${connectSeconds} s` }, edits: [setConfig(node, ["maxSeconds"], connectSeconds)] }],
      },
    ];
  },
};
