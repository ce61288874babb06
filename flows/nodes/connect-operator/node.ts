import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

const wait = { min: 1, max: 60, default: 2 };

/** Connects the answered call to an operator of a queue, whose desk opens the script with all known data. */
export const connectOperator = defineNode({
  type: "connect-operator",
  kinds: ["strategy", "ivr"],
  group: "outbound",
  icon: "IconHeadset",
  title: { ru: "Соединить с оператором", en: "Connect an operator" },
  config: z.object({
    queue: field.symbol({ ru: "Очередь", en: "Queue" }, "queue"),
    script: field.optionalSymbol({ ru: "Сценарий оператора", en: "Operator script" }, "flow"),
    maxSeconds: field.tunable({ ru: "Ждать оператора", en: "Wait for an operator" }, wait, {
      unit: "s",
      help: { ru: "Две секунды — граница «брошенного» вызова.", en: "After two seconds, a call counts as abandoned." },
    }),
    data: field.expressions({ ru: "Что показать", en: "What to show" }),
    saveAs: field.optionalName({ ru: "Результат запомнить как", en: "Save the result as" }),
  }),
  exits: ["completed", "hungup", "abandoned"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: {
        do: "connect",
        queue: config.queue,
        script: config.script ?? "",
        maxWaitMs: kit.number(config.maxSeconds, wait, 1000),
        data: Object.fromEntries(Object.entries(config.data).map(([name, source]) => [name, kit.cel(source)])),
      },
      saveAs: config.saveAs ?? "",
      consumesDigits: true,
    }),
  summary: (config) => `${config.queue}${config.script ? ` · ${config.script}` : ""}`,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  expressions: (config) => [
    ...Object.entries(config.data).map(([name, source]) => ({ path: `data.${name}`, source })),
    ...tunablePieces("maxSeconds", config.maxSeconds),
  ],
  symbols: (config) => [{ kind: "queue" as const, name: config.queue }, ...(config.script ? [{ kind: "flow" as const, name: config.script }] : [])],
});
