import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { inputArgs, inputFields, listed } from "../input-fields.ts";

const choice = z.object({
  key: z
    .string()
    .regex(/^[0-9*#]{1,4}$/)
    .meta({ field: { kind: "digits", title: { ru: "Клавиша", en: "Key" } } }),
  value: field.text({ ru: "Значение", en: "Value" }),
  label: field.label({ ru: "Подпись", en: "Label" }),
  phrases: field.text(
    { ru: "Или слова", en: "Or words" },
    {
      help: {
        ru: "Через запятую: «счёт, деньги, бухгалтерия». Слушаем вместе с клавишами.",
        en: 'Comma-separated: "bill, money, accounts". Recognised together with keys.',
      },
    },
  ),
  prompt: field.optionalPrompt({ ru: "Фраза варианта", en: "Option prompt" }),
});

/** Words listened for, when any choice has some. */
function speechOf(config: { choices: z.infer<typeof choice>[]; minConfidence: number }) {
  const phrases = config.choices.map((item) => ({ key: item.key, words: listed(item.phrases) })).filter((item) => item.words.length > 0);
  return phrases.length === 0 ? {} : { speech: { language: { $language: true }, minConfidence: config.minConfidence, silenceMs: 800, phrases } };
}

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
    order: field.choice(
      { ru: "Порядок вариантов", en: "Order of options" },
      { fixed: { ru: "как в списке", en: "as listed" }, random: { ru: "случайный для каждого звонка", en: "random for each call" } },
      "fixed",
      { advanced: true, help: { ru: "Переставляются фразы вариантов; клавиши остаются.", en: "The option prompts are shuffled; the keys stay the same." } },
    ),
    minConfidence: field.number({ ru: "Уверенность распознавания", en: "Recognition confidence" }, { min: 0, max: 1, default: 0.5 }, { advanced: true }),
    repeatKey: field.digits({ ru: "Клавиша «повторить»", en: "Repeat key" }, "", { advanced: true }),
    terminator: field.digits({ ru: "Клавиша конца ввода", en: "Terminator" }, "#", { advanced: true }),
  }),
  exits: (config) => [...config.choices.map((item) => item.key), "noInput", "invalid"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("input", {
      ...inputArgs(config, kit.prompt),
      items: kit.menu(
        config.prompt,
        config.choices.map((item) => item.prompt),
        config.order === "random",
      ),
      ...speechOf(config),
      accept: { kind: "keys", keys: config.choices.map(({ key, value }) => ({ key, value: value || key })), repeatKey: config.repeatKey },
    }),
  summary: (config, text, language) => `${text(config.prompt)} · ${language === "ru" ? "клавиши" : "keys"} ${config.choices.map((item) => item.key).join(" ")}`,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "string" }] : []),
});
