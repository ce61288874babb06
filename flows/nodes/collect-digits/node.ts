import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { limits } from "../../schema/limits.ts";
import { defineNode } from "../define-node.ts";
import { inputArgs, inputFields } from "../input-fields.ts";
import type { Validation } from "../../waiting/validate-digits.ts";

const config = z.object({
  prompt: field.prompt({ ru: "Вопрос", en: "Question" }),
  saveAs: field.name({ ru: "Запомнить как", en: "Save as" }),
  min: field.number({ ru: "Не меньше цифр", en: "At least digits" }, { min: 0, max: limits.digits, default: 1 }),
  max: field.number({ ru: "Не больше цифр", en: "At most digits" }, { min: 1, max: limits.digits, default: 10 }),
  validate: field.choice(
    { ru: "Проверить", en: "Check" },
    {
      none: { ru: "не проверять", en: "nothing" },
      range: { ru: "число в границах", en: "number in a range" },
      list: { ru: "одно из списка", en: "one of a list" },
      luhn: { ru: "номер карты (Луна)", en: "card number (Luhn)" },
      date: { ru: "дата ДДММ или ДДММГГГГ", en: "date DDMM or DDMMYYYY" },
    },
    "none",
  ),
  from: field.optionalNumber({ ru: "От", en: "From" }, { min: 0, max: 1e15 }),
  to: field.optionalNumber({ ru: "До", en: "To" }, { min: 0, max: 1e15 }),
  values: field.text({ ru: "Список через запятую", en: "List, comma-separated" }),
  ...inputFields,
  terminator: field.digits({ ru: "Клавиша конца ввода", en: "Terminator" }, "#", { advanced: true }),
});

function validation(value: z.infer<typeof config>): Validation {
  if (value.validate === "range") return { kind: "range", from: value.from ?? 0, to: value.to ?? Number.MAX_SAFE_INTEGER };
  if (value.validate === "list")
    return {
      kind: "list",
      values: value.values
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean),
    };
  return { kind: value.validate };
}

export const collectDigits = defineNode({
  type: "collect-digits",
  kinds: ["ivr"],
  group: "listen",
  icon: "IconNumber123",
  title: { ru: "Ввод цифр", en: "Collect digits" },
  config,
  exits: ["ok", "noInput", "invalid"],
  waits: true,
  compile: (value, kit) =>
    kit.ask("input", {
      ...inputArgs(value, kit.prompt),
      accept: { kind: "digits", min: value.min, max: Math.max(value.min, value.max), validation: validation(value) },
    }),
  summary: (value, text) => `${text(value.prompt)} → ${value.saveAs}`,
  results: (value) => [{ name: value.saveAs, type: "string" }],
  prompts: (value) => [value.prompt, value.noInputPrompt, value.invalidPrompt],
});
