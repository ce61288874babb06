import { z } from "zod";
import { crmMethods, type CrmMethod } from "../../commands.ts";
import { field } from "../../schema/fields.ts";
import type { Localized } from "../../schema/values.ts";
import { answerNames, celPairs, fillerArgs, fillerFields, mapField, pairSources } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";

const titles: Record<CrmMethod, Required<Localized>> = {
  findByPhone: { ru: "найти клиента по номеру", en: "find a customer by number" },
  digest: { ru: "краткая справка о клиенте", en: "get a customer digest" },
  openOrders: { ru: "открытые заказы", en: "get open orders" },
  slots: { ru: "свободное время", en: "get available slots" },
  createRecord: { ru: "создать запись или заказ", en: "create a record or an order" },
  logCall: { ru: "записать звонок", en: "log the call" },
  attachRecording: { ru: "прикрепить запись разговора", en: "attach the recording" },
  createTask: { ru: "поставить задачу", en: "create a task" },
};

/** The requested fields come from the first customer found. */
const ofFirst = (method: CrmMethod, map: Record<string, string>): Record<string, string> =>
  method === "findByPhone" ? Object.fromEntries(Object.entries(map).map(([name, path]) => [name, `0.${path}`])) : map;

/** Sends a request to a CRM through a connector, with one contract for every product. */
export const crm = defineNode({
  type: "crm",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconDatabase",
  title: { ru: "CRM", en: "CRM" },
  config: z.object({
    connector: field.symbol({ ru: "Подключение", en: "Connector" }, "connector", {
      help: { ru: "Подключения — в настройках. demo работает сразу.", en: "Connectors are in the settings. The connector demo works without setup." },
    }),
    method: field.choice({ ru: "Что сделать", en: "Action" }, titles, crmMethods[0]),
    params: field.expressions(
      { ru: "Параметры", en: "Parameters" },
      { help: { ru: "Без параметра phone ищем номер звонящего.", en: "Without the parameter phone, the caller's number is used." } },
    ),
    timeout: field.number({ ru: "Ждать", en: "Time limit" }, { min: 0.5, max: 60, default: 5 }, { unit: "s" }),
    saveAs: field.optionalName({ ru: "Ответ запомнить как", en: "Save the answer as" }),
    map: mapField(),
    ...fillerFields,
    key: field.optionalExpression(
      { ru: "Ключ от повтора", en: "Idempotency key" },
      {
        help: {
          ru: "С одним ключом запись создаётся один раз. Если не задан — звонок и этот узел.",
          en: "One key creates one record. Default: the call and this node.",
        },
        advanced: true,
      },
    ),
  }),
  exits: (config) => {
    if (config.method === "findByPhone") return ["found", "notFound", "many", "timeout"];
    return config.method === "createRecord" ? ["ok", "conflict", "timeout"] : ["ok", "timeout"];
  },
  waits: true,
  compile: (config, kit) => {
    const { connector, method } = config;
    const phone = method === "findByPhone" && !("phone" in config.params) ? { phone: kit.celText("caller.number") } : {};
    const command = {
      do: "crm",
      connector,
      method,
      params: { ...phone, ...celPairs(kit, config.params) },
      key: config.key ? kit.celText(config.key) : kit.celText(`string(call.id) + ":${kit.path}"`),
      timeoutMs: config.timeout * 1000,
    };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false, map: ofFirst(method, config.map), ...fillerArgs(config, kit) });
  },
  summary: (config, _text, language) => `${config.connector} · ${titles[config.method][language === "ru" ? "ru" : "en"]}`,
  results: (config) => answerNames(config),
  expressions: (config) => [...pairSources("params", config.params), ...(config.key ? [{ path: "key", source: config.key }] : [])],
  symbols: (config) => [{ kind: "connector", name: config.connector }],
});
