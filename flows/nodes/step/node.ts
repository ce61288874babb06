import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { idSchema } from "../../schema/ids.ts";
import { valueTypes } from "../../schema/values.ts";
import type { Kit } from "../../compile/kit.ts";
import { defineNode } from "../define-node.ts";

export const stepField = z.object({
  name: field.name({ ru: "Имя", en: "Name" }),
  label: field.label({ ru: "Подпись", en: "Label" }),
  type: z
    .enum(valueTypes)
    .default("string")
    .meta({
      field: { kind: "choice", title: { ru: "Тип", en: "Type" }, options: valueTypes.map((value) => ({ value, title: { ru: value, en: value } })) },
    }),
  required: field.flag({ ru: "Обязательно", en: "Required" }, false),
  options: field.text({ ru: "Варианты через запятую", en: "Options, comma-separated" }),
});

const answer = z.object({
  value: idSchema.meta({ field: { kind: "text", title: { ru: "Выход", en: "Exit" } } }),
  label: field.prompt({ ru: "Слова клиента", en: "Customer's words" }),
});

/** One step of an operator script: what to say, fields, the customer's answers. */
export const step = defineNode({
  type: "step",
  kinds: ["script"],
  group: "operator",
  icon: "IconMessageDots",
  title: { ru: "Шаг оператора", en: "Operator step" },
  config: z.object({
    say: field.prompt({ ru: "Что сказать", en: "What to say" }),
    instruction: field.optionalPrompt({ ru: "Что сделать", en: "Action" }),
    know: field.optionalPrompt({ ru: "Что знать", en: "Background" }),
    fields: field.list({ ru: "Поля", en: "Fields" }, stepField),
    answers: field.list({ ru: "Ответы клиента", en: "Customer's answers" }, answer),
    saveAs: field.optionalName({ ru: "Ответ запомнить как", en: "Save the answer as" }),
  }),
  exits: (config) => (config.answers.length > 0 ? config.answers.map((item) => item.value) : ["next"]),
  waits: true,
  compile: (config, kit) =>
    kit.ask("show", {
      step: {
        kind: "step",
        say: kit.words(config.say),
        instruction: kit.words(config.instruction),
        know: kit.words(config.know),
        fields: config.fields.map((item) => shownField(item, kit)),
        answers: config.answers.map((item) => ({ value: item.value, label: kit.words(item.label) })),
        values: knownValues(config.fields, kit),
      },
      saveAs: config.saveAs ?? "",
    }),
  summary: (config, text) => text(config.say),
  results: (config) => [
    ...config.fields.map((item) => ({ name: item.name, type: item.type })),
    ...(config.saveAs ? [{ name: config.saveAs, type: "string" as const }] : []),
  ],
});

/** A field as shown on the desk. */
export function shownField(item: z.infer<typeof stepField>, kit: Kit) {
  const options = item.options
    .split(",")
    .map((option) => option.trim())
    .filter(Boolean)
    .map((option) => ({ value: option, label: option }));
  return { name: item.name, type: item.type, label: kit.label(item.label, item.name), required: item.required, options };
}

/** Initial values of the fields: previously captured values; otherwise the caller's number in the first phone field. */
export function knownValues(fields: readonly z.infer<typeof stepField>[], kit: Kit) {
  const phone = fields.find((item) => item.type === "phone");
  return Object.fromEntries(fields.map((item) => [item.name, kit.cel(item === phone ? `orElse(vars.${item.name}, caller.number)` : `vars.${item.name}`)]));
}
