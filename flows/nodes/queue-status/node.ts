import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

const wait = { min: 0, max: 7_200, default: 120 };
const waiting = { min: 0, max: 10_000, default: 20 };

/** Queue figures before joining: staffed, waiting, longest, ewt (estimated wait, seconds), open. */
export const queueStatus = defineNode({
  type: "queue-status",
  kinds: ["ivr", "strategy"],
  group: "people",
  icon: "IconGauge",
  title: { ru: "Состояние очереди", en: "Queue status" },
  config: z.object({
    queue: field.symbol({ ru: "Очередь", en: "Queue" }, "queue"),
    busyWait: field.tunable({ ru: "Занято, если ждать больше", en: "Busy if the wait exceeds" }, wait, { unit: "s" }),
    busyWaiting: field.tunable({ ru: "Или если в очереди больше", en: "Or if more callers wait than" }, waiting),
    saveAs: field
      .name({ ru: "Запомнить как", en: "Save as" })
      .default("queue")
      .meta({ field: { kind: "name", title: { ru: "Запомнить как", en: "Save as" } } }),
  }),
  exits: ["free", "busy", "unstaffed", "closed"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: { do: "queueStatus", queue: config.queue },
      saveAs: config.saveAs,
      consumesDigits: false,
      judge: { busyWait: kit.number(config.busyWait, wait), busyWaiting: kit.number(config.busyWaiting, waiting) },
    }),
  summary: (config, _text, language) => `${config.queue} · ${language === "ru" ? `занято от ${config.busyWait} с` : `busy from ${config.busyWait} s`}`,
  results: (config) => [{ name: config.saveAs, type: "map" }],
  expressions: (config) => [...tunablePieces("busyWait", config.busyWait), ...tunablePieces("busyWaiting", config.busyWaiting)],
  symbols: (config) => [{ kind: "queue", name: config.queue }],
});
