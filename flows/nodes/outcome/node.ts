import { z } from "zod";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";

/** Sets the outcome of the call and continues: a later hang-up cannot change it. The first outcome is final. */
export const outcome = defineNode({
  type: "outcome",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconTargetArrow",
  title: { ru: "Отметить итог", en: "Set outcome" },
  config: z.object({ outcome: idSchema.meta({ field: { kind: "symbol", symbol: "outcome", title: { ru: "Итог", en: "Outcome" } } }) }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => kit.branch({ outcome: config.outcome }),
  decide: (args: { outcome: string }) => ({ exit: "next", outcome: args.outcome }),
  summary: (config) => config.outcome,
  outcomes: (config) => [config.outcome],
});
