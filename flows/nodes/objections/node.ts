import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";

const objection = z.object({
  value: idSchema.meta({ field: { kind: "text", title: { ru: "Выход", en: "Exit" } } }),
  label: field.prompt({ ru: "Слова клиента", en: "Customer's words" }),
  answer: field.prompt({ ru: "Что ответить", en: "Answer" }),
});

/** Objection handling: the customer's words on the buttons, the answer to say, then whether it helped. */
export const objections = defineNode({
  type: "objections",
  kinds: ["script"],
  group: "operator",
  icon: "IconShieldQuestion",
  title: { ru: "Возражения", en: "Objections" },
  config: z.object({
    say: field.prompt({ ru: "Что сказать сначала", en: "What to say first" }),
    objections: field.list({ ru: "Возражения", en: "Objections" }, objection, { min: 1, max: 30 }),
    agreed: field.prompt({ ru: "Кнопка «Согласился»", en: 'Button "Agreed"' }),
    refused: field.prompt({ ru: "Кнопка «Отказался»", en: 'Button "Refused"' }),
    most: field.number({ ru: "Ответов подряд не больше", en: "Maximum answers in a row" }, { min: 1, max: 10, default: 3 }),
    saveAs: field
      .name({ ru: "Возражения запомнить как", en: "Save the objections as" })
      .default("objections")
      .meta({ field: { kind: "name", title: { ru: "Возражения запомнить как", en: "Save the objections as" } } }),
  }),
  exits: ["agreed", "refused"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("objections", {
      say: kit.words(config.say),
      options: config.objections.map((item) => ({ value: item.value, label: kit.words(item.label), answer: kit.words(item.answer) })),
      agreed: kit.words(config.agreed),
      refused: kit.words(config.refused),
      most: config.most,
      saveAs: config.saveAs,
    }),
  summary: (config, text) => `${text(config.say)} · ${config.objections.length}`,
  results: (config) => [{ name: config.saveAs, type: "list" }],
});
