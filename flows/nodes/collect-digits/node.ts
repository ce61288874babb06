import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { limits } from "../../schema/limits.ts";
import type { Kit } from "../../compile/kit.ts";
import { defineNode } from "../define-node.ts";
import { inputArgs, inputFields, listed } from "../input-fields.ts";
import type { Validation } from "../../waiting/validate-digits.ts";

const config = z.object({
  prompt: field.prompt({ ru: "Вопрос", en: "Question" }),
  saveAs: field.name({ ru: "Запомнить как", en: "Save as" }),
  min: field.number({ ru: "Не меньше цифр", en: "Minimum digits" }, { min: 0, max: limits.digits, default: 1 }),
  max: field.number({ ru: "Не больше цифр", en: "Maximum digits" }, { min: 1, max: limits.digits, default: 10 }),
  validate: field.choice(
    { ru: "Проверить", en: "Check" },
    {
      none: { ru: "не проверять", en: "none" },
      range: { ru: "число в границах", en: "number in a range" },
      list: { ru: "одно из списка", en: "one of a list" },
      luhn: { ru: "номер карты (Луна)", en: "card number (Luhn)" },
      date: { ru: "дата ДДММ или ДДММГГГГ", en: "date DDMM or DDMMYYYY" },
      phone: { ru: "номер телефона", en: "phone number" },
      pattern: { ru: "образец", en: "pattern" },
    },
    "none",
  ),
  from: field.optionalNumber({ ru: "От", en: "From" }, { min: 0, max: 1e15 }),
  to: field.optionalNumber({ ru: "До", en: "To" }, { min: 0, max: 1e15 }),
  values: field.text({ ru: "Список через запятую", en: "List, comma-separated" }),
  pattern: field.digitsPattern({ ru: "Образец", en: "Pattern" }),
  region: field.text(
    { ru: "Страна номера", en: "Number country" },
    { advanced: true, help: { ru: "RU, KZ, BY… Пусто — RU.", en: "RU, KZ, BY… Default: RU." } },
  ),
  confirm: field.choice(
    { ru: "Прочитать обратно", en: "Read back" },
    {
      no: { ru: "нет", en: "no" },
      digits: { ru: "по цифре", en: "digit by digit" },
      number: { ru: "как число", en: "as a number" },
      phone: { ru: "как телефон", en: "as a phone number" },
    },
    "no",
  ),
  confirmBefore: field.optionalPrompt({ ru: "«Вы ввели»", en: '"You entered"' }, { advanced: true }),
  confirmAfter: field.optionalPrompt({ ru: "«Верно — 1, исправить — 2»", en: '"Press 1 if correct, 2 to change"' }, { advanced: true }),
  masked: field.flag({ ru: "Секретно", en: "Secret" }, false, {
    advanced: true,
    help: { ru: "Цифры не попадут в журнал и в результат.", en: "The digits are never written to the journal or the result." },
  }),
  ...inputFields,
  terminator: field.digits({ ru: "Клавиша конца ввода", en: "Terminator" }, "#", { advanced: true }),
});

export function validation(value: Pick<z.infer<typeof config>, "validate" | "from" | "to" | "values" | "pattern" | "region">): Validation {
  const kinds: Record<typeof value.validate, () => Validation> = {
    none: () => ({ kind: "none" }),
    luhn: () => ({ kind: "luhn" }),
    date: () => ({ kind: "date" }),
    range: () => ({ kind: "range", from: value.from ?? 0, to: value.to ?? Number.MAX_SAFE_INTEGER }),
    list: () => ({ kind: "list", values: listed(value.values) }),
    phone: () => ({ kind: "phone", region: value.region.toUpperCase() || "RU" }),
    pattern: () => ({ kind: "pattern", pattern: value.pattern }),
  };
  return kinds[value.validate]();
}

function readBack(value: z.infer<typeof config>, kit: Kit) {
  const { confirm, confirmBefore, confirmAfter } = value;
  return {
    before: { $play: kit.prompt(confirmBefore) },
    after: { $play: kit.prompt(confirmAfter) },
    as: confirm,
    language: { $language: true },
    yes: "1",
    no: "2",
  };
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
      masked: value.masked,
      ...(value.confirm === "no" ? {} : { confirm: readBack(value, kit) }),
      accept: { kind: "digits", min: value.min, max: Math.max(value.min, value.max), validation: validation(value) },
    }),
  summary: (value, text) => `${text(value.prompt)} → ${value.saveAs}`,
  results: (value) => [{ name: value.saveAs, type: "string" }],
});
