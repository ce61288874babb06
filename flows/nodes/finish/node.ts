import { z } from "zod";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";

/** Ends the flow with an outcome: completes a contact, closes a script, or returns from a subflow. */
export const finish = defineNode({
  type: "finish",
  kinds: ["ivr", "script", "strategy"],
  group: "end",
  icon: "IconFlag",
  title: { ru: "Завершить", en: "Finish" },
  config: z.object({ outcome: idSchema.meta({ field: { kind: "symbol", symbol: "outcome", title: { ru: "Итог", en: "Outcome" } } }) }),
  exits: [],
  waits: false,
  final: true,
  compile: (config, kit) => kit.finish(config.outcome),
  summary: (config) => config.outcome,
  outcomes: (config) => [config.outcome],
});
