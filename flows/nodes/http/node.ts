import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { answerNames, fillerArgs, fillerFields, mapField } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";

export const http = defineNode({
  type: "http",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconWorldWww",
  title: { ru: "HTTP-запрос", en: "HTTP request" },
  config: z.object({
    service: field.symbol({ ru: "Имя сервиса", en: "Service name" }, "service", {
      help: { ru: "По этому имени сервис подменяется в симуляторе.", en: "The simulator uses this name to respond for the service." },
    }),
    method: field.choice(
      { ru: "Метод", en: "Method" },
      {
        GET: { ru: "GET", en: "GET" },
        POST: { ru: "POST", en: "POST" },
        PUT: { ru: "PUT", en: "PUT" },
        PATCH: { ru: "PATCH", en: "PATCH" },
        DELETE: { ru: "DELETE", en: "DELETE" },
      },
      "GET",
    ),
    url: field.requiredTemplate({ ru: "Адрес", en: "URL" }),
    headers: field.pairs({ ru: "Заголовки", en: "Headers" }, { advanced: true }),
    body: field.template({ ru: "Тело запроса", en: "Body" }, { multiline: true }),
    timeout: field.number({ ru: "Ждать", en: "Time limit" }, { min: 0.5, max: 60, default: 5 }, { unit: "s" }),
    retries: field.number(
      { ru: "Повторов", en: "Retries" },
      { min: 0, max: 5, default: 0 },
      {
        help: {
          ru: "Если нет связи, сервис ответил 5xx или не успел. Перед каждым — пауза вдвое длиннее.",
          en: "On a failed connection, a 5xx response or a timeout. The pause doubles each time.",
        },
        advanced: true,
      },
    ),
    cacheSeconds: field.number(
      { ru: "Помнить ответ", en: "Cache the answer for" },
      { min: 0, max: 86_400, default: 0 },
      {
        unit: "s",
        help: { ru: "Только GET: тот же адрес не спрашиваем ещё раз.", en: "GET only: the same URL is not requested again." },
        advanced: true,
      },
    ),
    saveAs: field.optionalName({ ru: "Ответ запомнить как", en: "Save the answer as" }),
    map: mapField(),
    ...fillerFields,
  }),
  exits: ["ok", "clientError", "serverError", "timeout"],
  waits: true,
  compile: (config, kit) => {
    const headers = Object.fromEntries(Object.entries(config.headers).map(([name, value]) => [name, kit.text(value)]));
    const { service, method, retries, cacheSeconds } = config;
    const command = {
      do: "http",
      service,
      method,
      url: kit.text(config.url),
      headers,
      body: kit.text(config.body),
      timeoutMs: config.timeout * 1000,
      retries,
      cacheSeconds,
    };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false, map: config.map, ...fillerArgs(config, kit) });
  },
  summary: (config) => `${config.method} ${config.url}`,
  results: (config) => answerNames(config),
  expressions: (config) => [
    { path: "url", source: config.url, text: true },
    { path: "body", source: config.body, text: true },
    ...Object.entries(config.headers).map(([name, source]) => ({ path: `headers.${name}`, source, text: true })),
  ],
});
