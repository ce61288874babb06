import { z } from "zod";
import { field } from "../../schema/fields.ts";
import type { Value } from "../../schema/values.ts";
import { defineNode } from "../define-node.ts";

const pair = z.object({ name: field.name({ ru: "Имя", en: "Name" }), value: field.expression({ ru: "Значение", en: "Value" }) });

/** Saves named answers to the result of the call. */
export const saveResult = defineNode({
  type: "save-result",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconDeviceFloppy",
  title: { ru: "Сохранить в результат", en: "Save result" },
  config: z.object({ fields: field.list({ ru: "Что сохранить", en: "Values" }, pair, { min: 1 }) }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => kit.branch({ fields: config.fields }),
  decide: (args: { fields: { name: string; value: string }[] }, view) => {
    const values: Record<string, Value> = {};
    for (const { name, value } of args.fields) values[name] = view.evaluate(value, values);
    return { exit: "next", values };
  },
  summary: (config) => config.fields.map((item) => item.name).join(", "),
  results: (config) => config.fields.map((item) => ({ name: item.name, type: "map" as const })),
  expressions: (config) => config.fields.map((item, index) => ({ path: `fields.${index}.value`, source: item.value })),
});
