import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { branchesField, flowSymbols, inputExpressions, refName } from "../graph-ref.ts";

/** Parallel branches; continues when all have ended. One branch talks, the others look up data. */
export const parallel = defineNode({
  type: "parallel",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconArrowsSplit",
  title: { ru: "Параллельно", en: "Parallel" },
  config: z.object({
    branches: branchesField,
    saveAs: field.optionalName({ ru: "Итоги ветвей запомнить как", en: "Save the branch outcomes as" }),
  }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => kit.branches("all", config.branches, config.saveAs ?? ""),
  graphs: (config) => config.branches,
  summary: (config) => config.branches.map((item) => `${item.name}: ${refName(item)}`).join(" ∥ "),
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  expressions: (config) => config.branches.flatMap((item, index) => inputExpressions(`branches.${index}.`, item)),
  symbols: (config) => flowSymbols(config.branches),
});
