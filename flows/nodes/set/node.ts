import { z } from "zod";
import { field } from "../../schema/fields.ts";
import type { Value } from "../../schema/values.ts";
import { defineNode } from "../define-node.ts";

const pair = z.object({ name: field.name({ ru: "Имя", en: "Name" }), value: field.expression({ ru: "Значение", en: "Value" }) });

/** Evaluates assignments in order; each sees the ones before it. */
export const set = defineNode({
  type: "set",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconVariable",
  title: { ru: "Запомнить", en: "Set variables" },
  config: z.object({ assign: field.list({ ru: "Переменные", en: "Variables" }, pair, { min: 1 }) }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => kit.branch({ assign: config.assign }),
  decide: (args: { assign: { name: string; value: string }[] }, view) => {
    const vars: Record<string, Value> = {};
    for (const { name, value } of args.assign) vars[name] = view.evaluate(value, vars);
    return { exit: "next", vars };
  },
  summary: (config) => config.assign.map((item) => `${item.name} = ${item.value}`).join(", "),
  results: (config) => config.assign.map((item) => ({ name: item.name, type: "map" as const })),
  expressions: (config) => config.assign.map((item, index) => ({ path: `assign.${index}.value`, source: item.value })),
});
