import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";

const branch = z.object({
  exit: idSchema.meta({ field: { kind: "text", title: { ru: "Выход", en: "Exit" } } }),
  when: field.expression({ ru: "Если", en: "If" }, { type: "bool" }),
});

export const switchNode = defineNode({
  type: "switch",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconGitFork",
  title: { ru: "Выбор по условиям", en: "Switch" },
  config: z.object({ cases: field.list({ ru: "Случаи по порядку", en: "Cases in order" }, branch, { min: 1 }) }),
  exits: (config) => [...config.cases.map((item) => item.exit), "default"],
  waits: false,
  compile: (config, kit) => kit.branch({ cases: config.cases }),
  decide: (args: { cases: { exit: string; when: string }[] }, view) => ({
    exit: args.cases.find((item) => view.evaluate(item.when) === true)?.exit ?? "default",
  }),
  summary: (config) => config.cases.map((item) => item.exit).join(" · "),
  expressions: (config) => config.cases.map((item, index) => ({ path: `cases.${index}.when`, source: item.when, type: "bool" })),
});
