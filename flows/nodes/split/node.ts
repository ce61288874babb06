import { z } from "zod";
import { hashOf } from "../../compile/seeded.ts";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

const share = z.object({
  exit: field.exit({ ru: "Выход", en: "Exit" }),
  weight: field.number({ ru: "Доля", en: "Weight" }, { min: 0, max: 1_000_000, default: 1 }),
});

/** Distributes calls by weight. Sticky: the same person always takes the same exit, whatever the order of calls. */
export const split = defineNode({
  type: "split",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconArrowsShuffle",
  title: { ru: "Поделить по долям", en: "Split" },
  config: z.object({
    shares: field.list({ ru: "Доли", en: "Shares" }, share, { min: 2, max: 20 }),
    sticky: field.flag({ ru: "Один человек — всегда один путь", en: "Same exit for the same person" }, true),
    by: field
      .expression({ ru: "По чему узнать человека", en: "Person key" })
      .default("caller.number")
      .meta({ field: { kind: "expression", type: "dyn", title: { ru: "По чему узнать человека", en: "Person key" }, advanced: true } }),
    saveAs: field.optionalName({ ru: "Долю запомнить как", en: "Save the share as" }),
  }),
  exits: (config) => config.shares.map((item) => item.exit),
  waits: false,
  compile: (config, kit) => kit.branch({ salt: kit.path, ...config, saveAs: config.saveAs ?? "" }),
  decide: (args: { salt: string; shares: { exit: string; weight: number }[]; sticky: boolean; by: string; saveAs: string }, view) => {
    const who = args.sticky ? view.evaluate(args.by) : `${String(view.context.call["id"])}:${view.context.enteredInAll}`;
    const total = args.shares.reduce((sum, item) => sum + item.weight, 0);
    let left = (hashOf(`${args.salt}:${JSON.stringify(who)}`) / 4_294_967_296) * total;
    const chosen = args.shares.find((item) => (left -= item.weight) < 0) ?? args.shares.at(-1)!;
    return { exit: chosen.exit, ...(args.saveAs ? { values: { [args.saveAs]: chosen.exit } } : {}) };
  },
  summary: (config) => config.shares.map((item) => `${item.exit} ${item.weight}`).join(" : "),
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "string" }] : []),
  expressions: (config) => (config.sticky ? [{ path: "by", source: config.by }] : []),
});
