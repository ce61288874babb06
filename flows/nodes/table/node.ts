import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { answerNames, callerNumber, celPairs, mapField, pairSources } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";

/** The table of the campaign of the call or the contact; it needs no setup. */
const ofCampaign = "campaign";

export const table = defineNode({
  type: "table",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconTable",
  title: { ru: "Таблица", en: "Table" },
  config: z.object({
    table: field.symbol({ ru: "Таблица", en: "Table" }, "table", {
      help: {
        ru: "Таблицы — в настройках. campaign — таблица своей кампании.",
        en: "Tables are in the settings. The name campaign stands for the table of this campaign.",
      },
    }),
    action: field.choice(
      { ru: "Что сделать", en: "Action" },
      {
        lookup: { ru: "найти строку", en: "find a row" },
        upsert: { ru: "записать строку", en: "write a row" },
        remove: { ru: "удалить строку", en: "delete a row" },
      },
      "lookup",
    ),
    key: callerNumber({ ru: "Ключ строки", en: "Row key" }),
    values: field.expressions(
      { ru: "Записать в столбцы", en: "Columns to write" },
      { help: { ru: "Остальные столбцы строки не меняются.", en: "Other columns of the row do not change." } },
    ),
    saveAs: field.optionalName({ ru: "Строку запомнить как", en: "Save the row as" }),
    map: mapField({
      title: { ru: "Взять из строки", en: "Save columns of the row" },
      help: { ru: "Имя переменной и столбец.", en: "A variable name and a column." },
    }),
  }),
  exits: (config) => (config.action === "lookup" ? ["found", "notFound"] : ["ok"]),
  waits: true,
  compile: (config, kit) => {
    const name = config.table === ofCampaign ? kit.celText(campaignTable) : config.table;
    const values = config.action === "upsert" ? celPairs(kit, config.values) : {};
    const command = { do: "table", table: name, action: config.action, key: kit.celText(config.key), values };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false, map: config.map });
  },
  summary: (config, _text, language) => {
    const verb = { lookup: ["найти", "find"], upsert: ["записать", "write"], remove: ["удалить", "delete"] }[config.action];
    return `${config.table} · ${verb[language === "ru" ? 0 : 1]} ${config.key}`;
  },
  results: (config) => answerNames(config),
  expressions: (config) => [{ path: "key", source: config.key }, ...(config.action === "upsert" ? pairSources("values", config.values) : [])],
  symbols: (config) => (config.table === ofCampaign ? [] : [{ kind: "table", name: config.table }]),
});

/** CEL: the name of the campaign's table; empty after the colon outside a campaign. */
export const campaignTable = `"campaign:" + string(call.?campaign.orValue(""))`;
