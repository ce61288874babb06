import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { callerNumber, mapField, answerNames } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

const term = { min: 0, max: 3_650, default: 0 };

export const list = defineNode({
  type: "list",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconListCheck",
  title: { ru: "Список номеров", en: "Number list" },
  config: z.object({
    list: field.symbol({ ru: "Список", en: "List" }, "list"),
    action: field.choice(
      { ru: "Что сделать", en: "Action" },
      {
        check: { ru: "проверить", en: "check" },
        add: { ru: "добавить", en: "add" },
        remove: { ru: "убрать", en: "remove" },
      },
      "check",
    ),
    number: callerNumber({ ru: "Номер", en: "Number" }),
    match: field.choice(
      { ru: "Как сравнивать", en: "Match" },
      {
        exact: { ru: "номер целиком", en: "whole number" },
        prefix: { ru: "запись — начало номера", en: "prefix" },
        mask: { ru: "запись — маска: * любые цифры, ? одна", en: "mask: * any digits, ? one digit" },
      },
      "exact",
    ),
    reason: field.template({ ru: "Причина", en: "Reason" }),
    days: field.tunable({ ru: "На сколько дней (0 — навсегда)", en: "Number of days (0 = permanently)" }, term),
    saveAs: field.optionalName({ ru: "Запись запомнить как", en: "Save the entry as" }, { advanced: true }),
    map: mapField({
      title: { ru: "Взять из записи", en: "Save fields of the entry" },
      help: { ru: "Имя переменной и поле: reason, hits, lastSeen.", en: "A variable name and a field: reason, hits, lastSeen." },
    }),
  }),
  exits: (config) => (config.action === "check" ? ["found", "notFound"] : ["ok"]),
  waits: true,
  compile: (config, kit) => {
    const { list: name, action, match } = config;
    const days = kit.number(config.days, term);
    const command = { do: "list", list: name, action, number: kit.celText(config.number), reason: kit.text(config.reason), days, match };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false, map: config.map });
  },
  summary: (config, _text, language) => {
    const verb = { check: ["есть ли в", "is in"], add: ["добавить в", "add to"], remove: ["убрать из", "remove from"] }[config.action];
    return `${config.number} · ${verb[language === "ru" ? 0 : 1]} ${config.list}`;
  },
  results: (config) => answerNames(config),
  expressions: (config) => [
    { path: "number", source: config.number },
    { path: "reason", source: config.reason, text: true },
    ...tunablePieces("days", config.days),
  ],
  symbols: (config) => [{ kind: "list", name: config.list }],
});
