import { z } from "zod";
import { faultCodes } from "../../events.ts";
import { field } from "../../schema/fields.ts";
import { limits } from "../../schema/limits.ts";
import { defineNode } from "../define-node.ts";

const code = z.object({
  code: field.choice({ ru: "Ошибка", en: "Error" }, Object.fromEntries(faultCodes.map((name) => [name, { ru: name, en: name }])), "network"),
});

/** The target of errors that no node handles, before the apology. */
export const onError = defineNode({
  type: "on-error",
  kinds: ["ivr", "script", "strategy"],
  group: "end",
  icon: "IconAlertTriangle",
  title: { ru: "Если ошибка", en: "On error" },
  config: z.object({
    codes: field.list({ ru: "Только эти ошибки", en: "Only these errors" }, code, { help: { ru: "Пусто — любые.", en: "Leave empty to catch any error." } }),
    times: field.number({ ru: "Раз за звонок", en: "Times per call" }, { min: 1, max: limits.errorsCaught, default: 1 }),
    saveAs: field.optionalName({ ru: "Что случилось, запомнить как", en: "Save the error as" }),
  }),
  exits: ["next"],
  waits: false,
  root: true,
  compile: (_config, kit) => kit.branch({}),
  decide: () => ({ exit: "next" }),
  summary: (config, _text, language) =>
    config.codes.length > 0 ? config.codes.map((item) => item.code).join(", ") : language === "ru" ? "любая ошибка" : "any error",
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
});
