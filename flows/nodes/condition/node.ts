import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const condition = defineNode({
  type: "condition",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconArrowsSplit2",
  title: { ru: "Условие", en: "Condition" },
  config: z.object({ when: field.expression({ ru: "Если", en: "If" }, { type: "bool" }) }),
  exits: ["yes", "no"],
  waits: false,
  compile: (config, kit) => kit.branch({ when: kit.cel(config.when) }),
  decide: (args: { when: { $cel: string } }, view) => {
    const value = view.evaluate(args.when.$cel);
    if (typeof value !== "boolean") return { exit: "error", fault: { code: "bad-value", message: `not true or false: ${JSON.stringify(value)}` } };
    return { exit: value ? "yes" : "no" };
  },
  summary: (config) => config.when,
  expressions: (config) => [{ path: "when", source: config.when, type: "bool" }],
});
