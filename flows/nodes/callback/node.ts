import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

const tries = { min: 1, max: 20, default: 3 };

/** Requests a callback: now, at a time, or when an operator of the queue is free. The caller may hang up. */
export const callback = defineNode({
  type: "callback",
  kinds: ["ivr", "script"],
  group: "people",
  icon: "IconPhoneIncoming",
  title: { ru: "Перезвонить", en: "Callback" },
  config: z.object({
    number: field
      .expression({ ru: "Номер", en: "Number" })
      .default("caller.number")
      .meta({ field: { kind: "expression", type: "dyn", title: { ru: "Номер", en: "Number" } } }),
    when: field.choice(
      { ru: "Когда", en: "When" },
      {
        free: { ru: "когда освободится оператор", en: "when an operator is free" },
        at: { ru: "в назначенное время", en: "at a time" },
        now: { ru: "сразу", en: "immediately" },
      },
      "free",
    ),
    at: field.optionalExpression({ ru: "Время", en: "Time" }, { help: { ru: "Дата и время ISO.", en: "ISO date and time." } }),
    queue: field.optionalSymbol({ ru: "Очередь", en: "Queue" }, "queue"),
    flow: field.optionalSymbol({ ru: "Сценарий для перезвона", en: "Flow for the callback" }, "flow"),
    attempts: field.tunable({ ru: "Попыток", en: "Attempts" }, tries),
    first: field.choice(
      { ru: "Сначала звонить", en: "First call" },
      { operator: { ru: "оператору", en: "operator" }, customer: { ru: "клиенту", en: "customer" } },
      "operator",
      { advanced: true },
    ),
    note: field.template({ ru: "О чём", en: "Subject" }),
    saveAs: field.optionalName({ ru: "Заявку запомнить как", en: "Save the request as" }),
  }),
  exits: ["scheduled", "duplicate", "declined"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: {
        do: "callback",
        number: kit.celText(config.number),
        at: config.when === "at" && config.at ? kit.celText(config.at) : config.when,
        queue: config.queue ?? "",
        flow: config.flow ?? "",
        attempts: kit.number(config.attempts, tries),
        first: config.first,
        note: kit.text(config.note),
      },
      saveAs: config.saveAs ?? "",
      consumesDigits: false,
    }),
  summary: (config) => `${config.number} · ${config.when === "at" ? (config.at ?? "?") : config.when}`,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  expressions: (config) => [
    { path: "number", source: config.number },
    ...(config.when === "at" && config.at ? [{ path: "at", source: config.at }] : []),
    { path: "note", source: config.note, text: true },
    ...tunablePieces("attempts", config.attempts),
  ],
  symbols: (config) => [
    ...(config.queue ? [{ kind: "queue" as const, name: config.queue }] : []),
    ...(config.flow ? [{ kind: "flow" as const, name: config.flow }] : []),
  ],
});
