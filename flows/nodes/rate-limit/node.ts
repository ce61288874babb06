import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { answerNames, callerNumber } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

const day = 86_400_000;
/** Length of each window in milliseconds; 0 = all time. */
export const windows = { minute: 60_000, hour: 3_600_000, day, week: 7 * day, month: 30 * day, ever: 0 } as const;
const times = { min: 0, max: 1_000_000, default: 3 };

export const rateLimit = defineNode({
  type: "rate-limit",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconGauge",
  title: { ru: "Не чаще чем", en: "Rate limit" },
  config: z.object({
    counter: field.symbol({ ru: "Счётчик", en: "Counter" }, "counter", {
      help: { ru: "Любое имя: один счётчик на все сценарии с этим именем.", en: "Any name. Flows that use the same name share the counter." },
    }),
    key: callerNumber(
      { ru: "Что считаем", en: "Key" },
      {
        ru: "У каждого значения свой счёт. 'все' — один на всех (квота).",
        en: "Each value has its own count, for example the caller's number. 'all' is one count for everybody (a quota).",
      },
    ),
    limit: field.tunable({ ru: "Не больше", en: "Maximum" }, times),
    per: field.choice(
      { ru: "За", en: "Per" },
      {
        minute: { ru: "минуту", en: "minute" },
        hour: { ru: "час", en: "hour" },
        day: { ru: "сутки", en: "day" },
        week: { ru: "7 дней", en: "7 days" },
        month: { ru: "30 дней", en: "30 days" },
        ever: { ru: "всё время", en: "all time" },
      },
      "day",
    ),
    count: field.flag({ ru: "Засчитать этот раз", en: "Count this time" }, true, {
      help: { ru: "Без отметки узел только смотрит, осталось ли место.", en: "If off, the node only checks the limit." },
    }),
    saveAs: field.optionalName({ ru: "Сколько раз, запомнить как", en: "Save the count as" }),
  }),
  exits: ["under", "over"],
  waits: true,
  compile: (config, kit) => {
    const { counter, count } = config;
    const limit = kit.number(config.limit, times);
    const command = { do: "count", counter, key: kit.celText(config.key), windowMs: windows[config.per], limit, add: count };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false });
  },
  summary: (config, _text, language) => {
    const per = {
      minute: ["в минуту", "a minute"],
      hour: ["в час", "an hour"],
      day: ["в сутки", "a day"],
      week: ["за 7 дней", "in 7 days"],
      month: ["за 30 дней", "in 30 days"],
      ever: ["всего", "ever"],
    }[config.per][language === "ru" ? 0 : 1];
    return `${config.counter} · ≤ ${config.limit} ${per}`;
  },
  results: (config) => answerNames(config, "number"),
  expressions: (config) => [{ path: "key", source: config.key }, ...tunablePieces("limit", config.limit)],
});
