import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

const rule = z.object({
  outcome: field.choice(
    { ru: "После", en: "After" },
    {
      busy: { ru: "занято", en: "busy" },
      noAnswer: { ru: "нет ответа", en: "no answer" },
      rejected: { ru: "отбой", en: "rejected" },
      failed: { ru: "сбой линии", en: "line failure" },
      unknown: { ru: "неизвестно", en: "unknown" },
    },
    "busy",
  ),
  minutes: field.number({ ru: "Через", en: "After" }, { min: 0, max: 43_200, default: 30 }, { unit: "min" }),
  increment: field.number({ ru: "Прибавлять", en: "Increase each time by" }, { min: 0, max: 10_080, default: 0 }, { unit: "min" }),
  max: field.number({ ru: "Не больше раз", en: "Maximum times" }, { min: 0, max: 50, default: 3 }),
});

/** Postpones a contact for minutes or days: a row in the store, nothing in memory. */
export const waitUntil = defineNode({
  type: "wait-until",
  kinds: ["strategy"],
  group: "time",
  icon: "IconClockPause",
  title: { ru: "Подождать", en: "Wait until" },
  config: z.object({
    mode: field.choice(
      { ru: "До чего", en: "Until" },
      {
        retry: { ru: "до следующей попытки", en: "the next attempt" },
        delay: { ru: "пройдёт время", en: "a period has passed" },
        time: { ru: "до срока", en: "a moment" },
      },
      "retry",
    ),
    minutes: field.number({ ru: "Минут", en: "Minutes" }, { min: 0, max: 525_600, default: 60 }, { unit: "min" }),
    at: field.optionalExpression({ ru: "Срок", en: "Moment" }, { help: { ru: "Дата и время ISO.", en: "ISO date and time." } }),
    rules: field.list({ ru: "Правило повторов", en: "Retry rule" }, rule),
    maxAttempts: field.number({ ru: "Всего попыток", en: "Total attempts" }, { min: 1, max: 100, default: 6 }),
  }),
  exits: (config) => (config.mode === "retry" ? ["next", "exhausted"] : ["next"]),
  waits: true,
  compile: (config, kit) => {
    const { mode, minutes, rules, maxAttempts } = config;
    const at = config.at ? kit.celText(config.at) : "";
    return kit.ask("world", { command: { do: "schedule", mode, minutes, at, rules, maxAttempts }, saveAs: "", consumesDigits: false });
  },
  summary: (config, _text, language) =>
    config.mode === "retry"
      ? config.rules.map((item) => `${item.outcome} ${item.minutes} ${language === "ru" ? "мин" : "min"}`).join(" · ")
      : config.mode === "delay"
        ? `${config.minutes} ${language === "ru" ? "мин" : "min"}`
        : (config.at ?? ""),
  expressions: (config) => (config.mode === "time" && config.at ? [{ path: "at", source: config.at }] : []),
});
