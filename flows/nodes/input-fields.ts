import { field } from "../schema/fields.ts";
import { limits } from "../schema/limits.ts";

/** Fields shared by menu and collect-digits: attempts, timeouts, no-input and invalid prompts. */
export const inputFields = {
  attempts: field.number({ ru: "Попыток", en: "Attempts" }, { min: 1, max: limits.attempts, default: 3 }),
  noInputPrompt: field.optionalPrompt(
    { ru: "Если молчит", en: "On no input" },
    { help: { ru: "Затем вопрос повторяется.", en: "The question is then repeated." } },
  ),
  invalidPrompt: field.optionalPrompt({ ru: "Если нажал не то", en: "On invalid input" }),
  firstInputTimeout: field.number({ ru: "Ждать первую цифру", en: "First-digit timeout" }, { min: 1, max: 180, default: 5 }, { unit: "s" }),
  interDigitTimeout: field.number({ ru: "Между цифрами", en: "Inter-digit timeout" }, { min: 0.5, max: 60, default: 3 }, { unit: "s", advanced: true }),
  bargeIn: field.flag({ ru: "Можно перебить клавишей", en: "Barge-in" }, true, { advanced: true }),
  clearInput: field.flag({ ru: "Забыть нажатое раньше", en: "Discard typed-ahead keys" }, false, { advanced: true }),
};

/** Items of a comma-separated list. */
export const listed = (text: string): string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);

type InputConfig = {
  prompt: string;
  attempts: number;
  noInputPrompt?: string | undefined;
  invalidPrompt?: string | undefined;
  firstInputTimeout: number;
  interDigitTimeout: number;
  bargeIn: boolean;
  clearInput: boolean;
  terminator: string;
  saveAs?: string | undefined;
};

/** The reducer's arguments common to both. */
export function inputArgs(config: InputConfig, prompt: (key: string | undefined) => unknown[]) {
  return {
    items: { $play: prompt(config.prompt) },
    noInputItems: { $play: prompt(config.noInputPrompt) },
    invalidItems: { $play: prompt(config.invalidPrompt) },
    firstMs: config.firstInputTimeout * 1000,
    interDigitMs: config.interDigitTimeout * 1000,
    terminator: config.terminator,
    attempts: config.attempts,
    bargeIn: config.bargeIn,
    clearInput: config.clearInput,
    saveAs: config.saveAs ?? "",
  };
}
