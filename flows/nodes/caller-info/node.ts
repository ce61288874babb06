import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { answerNames, callerNumber, mapField } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";

export const callerInfo = defineNode({
  type: "caller-info",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconUserSearch",
  title: { ru: "Кто звонит", en: "Caller information" },
  config: z.object({
    number: callerNumber({ ru: "Номер", en: "Number" }),
    days: field.number({ ru: "Считать звонки за", en: "Count calls in the last" }, { min: 1, max: 365, default: 30 }, { unit: "d" }),
    saveAs: field
      .name({ ru: "Запомнить как", en: "Save as" })
      .default("callerInfo")
      .meta({
        field: {
          kind: "name",
          title: { ru: "Запомнить как", en: "Save as" },
          help: {
            ru: "Поля: number, country, region, type, hidden, calls, lastCallAt, lastOutcome.",
            en: "Fields: number, country, region, type, hidden, calls, lastCallAt, lastOutcome.",
          },
        },
      }),
    map: mapField(),
  }),
  exits: ["known", "new", "hidden"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: { do: "callerInfo", number: kit.celText(config.number), days: config.days },
      saveAs: config.saveAs,
      consumesDigits: false,
      map: config.map,
    }),
  summary: (config, _text, language) => `${config.number} · ${language === "ru" ? `за ${config.days} дн.` : `${config.days} days`}`,
  results: (config) => answerNames(config),
  expressions: (config) => [{ path: "number", source: config.number }],
});
