import { z } from "zod";
import type { Kit } from "../../compile/kit.ts";
import { field } from "../../schema/fields.ts";
import { limits } from "../../schema/limits.ts";
import { validation } from "../collect-digits/node.ts";
import { defineNode } from "../define-node.ts";
import { inputArgs, inputFields, listed } from "../input-fields.ts";

const question = z.object({
  name: field.name({ ru: "Запомнить как", en: "Save as" }),
  prompt: field.prompt({ ru: "Вопрос", en: "Question" }),
  label: field.optionalPrompt({ ru: "Как назвать при проверке", en: "Name for read-back" }),
  kind: field.choice(
    { ru: "Ответ", en: "Answer" },
    {
      digits: { ru: "цифры", en: "digits" },
      number: { ru: "число", en: "number" },
      date: { ru: "дата ДДММ или ДДММГГГГ", en: "date DDMM or DDMMYYYY" },
      phone: { ru: "телефон", en: "phone number" },
      choice: { ru: "одна из клавиш", en: "one of the keys" },
    },
    "digits",
  ),
  keys: field.text({ ru: "Клавиши", en: "Keys" }, { help: { ru: "1=утром, 2=вечером", en: "1=morning, 2=evening" } }),
  min: field.number({ ru: "Не меньше цифр", en: "Minimum digits" }, { min: 0, max: limits.digits, default: 1 }),
  max: field.number({ ru: "Не больше цифр", en: "Maximum digits" }, { min: 1, max: limits.digits, default: 10 }),
  required: field.flag({ ru: "Обязательно", en: "Required" }, true),
});
type Question = z.infer<typeof question>;

const { attempts, noInputPrompt, invalidPrompt, firstInputTimeout, interDigitTimeout, bargeIn, clearInput } = inputFields;

const config = z.object({
  questions: field.list({ ru: "Вопросы", en: "Questions" }, question, { min: 1, max: 9 }),
  summaryBefore: field.optionalPrompt({ ru: "Перед проверкой: «Вы указали»", en: 'Before the summary: "You said"' }),
  summaryAfter: field.optionalPrompt(
    { ru: "После: «Верно — 1, исправить — 2»", en: 'After the summary: "Press 1 if correct, 2 to change"' },
    { help: { ru: "Пусто — без проверки.", en: "Leave empty for no summary." } },
  ),
  which: field.optionalPrompt({ ru: "Что исправить: номер вопроса", en: "Prompt for the number of the question to change" }),
  attempts,
  noInputPrompt,
  invalidPrompt,
  firstInputTimeout,
  interDigitTimeout,
  bargeIn,
  clearInput,
  terminator: field.digits({ ru: "Клавиша конца ввода", en: "Terminator" }, "#", { advanced: true }),
});
type Config = z.infer<typeof config>;

/** "1=morning, 2=evening" as keys with values. */
const keysOf = (text: string) =>
  listed(text).flatMap((item) => {
    const [key = "", ...value] = item.split("=");
    return /^[0-9*#]$/.test(key.trim()) ? [{ key: key.trim(), value: value.join("=").trim() || key.trim() }] : [];
  });

function fieldOf(item: Question, whole: Config, kit: Kit) {
  const check = item.kind === "date" ? "date" : item.kind === "phone" ? "phone" : "none";
  const accept =
    item.kind === "choice"
      ? { kind: "keys", keys: keysOf(item.keys), repeatKey: "" }
      : { kind: "digits", min: item.min, max: Math.max(item.min, item.max), validation: validation({ validate: check, values: "", pattern: "", region: "" }) };
  const input = { ...inputArgs({ ...whole, prompt: item.prompt, saveAs: item.name }, kit.prompt), accept };
  const as = item.kind === "date" ? "digits" : item.kind;
  return { name: item.name, label: kit.words(item.label), required: item.required, as, choices: {}, input };
}

/** Several questions in one node: asked in order, read back and corrected one by one. */
export const collectForm = defineNode({
  type: "collect-form",
  kinds: ["ivr"],
  group: "listen",
  icon: "IconForms",
  title: { ru: "Анкета", en: "Collect form" },
  config,
  exits: ["ok", "partial", "noInput"],
  waits: true,
  compile: (value, kit) => {
    const { summaryBefore, summaryAfter, which } = value;
    const summary = summaryAfter
      ? {
          language: { $language: true },
          before: { $play: kit.prompt(summaryBefore) },
          after: { $play: kit.prompt(summaryAfter) },
          which: { $play: kit.prompt(which) },
          yes: "1",
          no: "2",
          waitMs: value.firstInputTimeout * 1000,
        }
      : null;
    return kit.ask("form", { fields: value.questions.map((item) => fieldOf(item, value, kit)), summary, attempts: value.attempts });
  },
  summary: (value) => value.questions.map((item) => item.name).join(" · "),
  results: (value) => value.questions.map((item) => ({ name: item.name, type: "string" as const })),
});
