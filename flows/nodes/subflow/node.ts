import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { flowSymbols, graphFields, inputExpressions, outcomeExit, refName } from "../graph-ref.ts";

const output = z.object({ from: field.name({ ru: "Переменная внутри", en: "Variable inside" }), saveAs: field.name({ ru: "Запомнить как", en: "Save as" }) });

/** Plays another flow, or a part of this one, and leaves by its outcome. Inlined when published. */
export const subflow = defineNode({
  type: "subflow",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconSubtask",
  title: { ru: "Подсценарий", en: "Subflow" },
  config: z.object({
    ...graphFields,
    outputs: field.list({ ru: "Что забрать", en: "Outputs" }, output),
    outcomes: field.list({ ru: "Выходы по итогам", en: "Exits by outcome" }, outcomeExit, {
      help: { ru: "Остальные итоги выходят через next.", en: "All other outcomes leave by next." },
    }),
  }),
  exits: (config) => [...config.outcomes.map((item) => item.exit), "next"],
  waits: false,
  compile: (config, kit) => kit.subflow(config, config.outputs),
  graphs: (config) => [config],
  summary: (config) => refName(config),
  results: (config) => config.outputs.map((item) => ({ name: item.saveAs, type: "map" as const })),
  expressions: (config) => inputExpressions("", config),
  symbols: (config) => flowSymbols([config]),
});
