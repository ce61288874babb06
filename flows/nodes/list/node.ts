import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const list = defineNode({
  type: "list",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconListCheck",
  title: { ru: "Список номеров", en: "Number list" },
  config: z.object({
    list: field.symbol({ ru: "Список", en: "List" }, "list"),
    action: field.choice(
      { ru: "Что сделать", en: "What to do" },
      {
        check: { ru: "проверить", en: "check" },
        add: { ru: "добавить", en: "add" },
        remove: { ru: "убрать", en: "remove" },
      },
      "check",
    ),
    number: field
      .expression({ ru: "Номер", en: "Number" }, { type: "string" })
      .default("caller.number")
      .meta({ field: { kind: "expression", type: "dyn", title: { ru: "Номер", en: "Number" } } }),
    reason: field.template({ ru: "Причина", en: "Reason" }),
    days: field.number({ ru: "На сколько дней (0 — навсегда)", en: "For days (0 = for ever)" }, { min: 0, max: 3650, default: 0 }),
    saveAs: field.optionalName({ ru: "Запись запомнить как", en: "Save the entry as" }, { advanced: true }),
  }),
  exits: (config) => (config.action === "check" ? ["found", "notFound"] : ["ok"]),
  waits: true,
  compile: (config, kit) => {
    const { list: name, action, days } = config;
    const command = { do: "list", list: name, action, number: kit.cel(config.number), reason: kit.text(config.reason), days };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false });
  },
  summary: (config, _text, language) => {
    const verb = { check: ["есть ли в", "is in"], add: ["добавить в", "add to"], remove: ["убрать из", "remove from"] }[config.action];
    return `${config.number} · ${verb[language === "ru" ? 0 : 1]} ${config.list}`;
  },
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  expressions: (config) => [
    { path: "number", source: config.number },
    { path: "reason", source: config.reason, text: true },
  ],
  symbols: (config) => [{ kind: "list", name: config.list }],
});
