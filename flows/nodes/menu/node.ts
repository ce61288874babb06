import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { inputArgs, inputFields } from "../input-fields.ts";

const choice = z.object({
  key: z
    .string()
    .regex(/^[0-9*#]{1,4}$/)
    .meta({ field: { kind: "digits", title: { ru: "Клавиша", en: "Key" } } }),
  value: field.text({ ru: "Значение", en: "Value" }),
  label: field.label({ ru: "Подпись", en: "Label" }),
});

export const menu = defineNode({
  type: "menu",
  kinds: ["ivr"],
  group: "listen",
  icon: "IconDialpad",
  title: { ru: "Меню", en: "Menu" },
  config: z.object({
    prompt: field.prompt({ ru: "Вопрос", en: "Question" }),
    choices: field.list({ ru: "Выбор", en: "Choices" }, choice, { min: 1 }),
    saveAs: field.optionalName({ ru: "Запомнить как", en: "Save as" }),
    ...inputFields,
    repeatKey: field.digits({ ru: "Клавиша «повторить»", en: "Repeat key" }, "", { advanced: true }),
    terminator: field.digits({ ru: "Клавиша конца ввода", en: "Terminator" }, "#", { advanced: true }),
  }),
  exits: (config) => [...config.choices.map((item) => item.key), "noInput", "invalid"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("input", {
      ...inputArgs(config, kit.prompt),
      accept: { kind: "keys", keys: config.choices.map(({ key, value }) => ({ key, value: value || key })), repeatKey: config.repeatKey },
    }),
  summary: (config, text, language) => `${text(config.prompt)} · ${language === "ru" ? "клавиши" : "keys"} ${config.choices.map((item) => item.key).join(" ")}`,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "string" }] : []),
  prompts: (config) => [config.prompt, config.noInputPrompt, config.invalidPrompt],
});
