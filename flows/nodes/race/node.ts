import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { branchesField, flowSymbols, inputExpressions, outcomeExit, refName } from "../graph-ref.ts";

/** Parallel branches; the first one to end decides, and the others are cancelled. */
export const race = defineNode({
  type: "race",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconFlag3",
  title: { ru: "Кто раньше", en: "Race" },
  config: z.object({
    branches: branchesField,
    outcomes: field.list({ ru: "Выходы по итогам", en: "Exits by outcome" }, outcomeExit, {
      help: { ru: "Остальные итоги выходят через next.", en: "All other outcomes leave by next." },
    }),
    saveAs: field.optionalName({ ru: "Кто успел, запомнить как", en: "Save the winner as" }),
  }),
  exits: (config) => [...config.outcomes.map((item) => item.exit), "next"],
  waits: false,
  compile: (config, kit) => kit.branches("first", config.branches, config.saveAs ?? ""),
  graphs: (config) => config.branches,
  summary: (config) => config.branches.map((item) => `${item.name}: ${refName(item)}`).join(" | "),
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  expressions: (config) => config.branches.flatMap((item, index) => inputExpressions(`branches.${index}.`, item)),
  symbols: (config) => flowSymbols(config.branches),
});
