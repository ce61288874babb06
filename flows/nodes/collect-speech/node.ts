import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";
import { inputFields, listed } from "../input-fields.ts";

const phrase = z.object({
  value: idSchema.meta({ field: { kind: "text", title: { ru: "Значение", en: "Value" } } }),
  phrases: field.text({ ru: "Слова через запятую", en: "Words, comma-separated" }),
});

const { attempts, noInputPrompt, invalidPrompt, bargeIn } = inputFields;

/** A question answered by speech: one of the phrases, or any words. */
export const collectSpeech = defineNode({
  type: "collect-speech",
  kinds: ["ivr"],
  group: "listen",
  icon: "IconMicrophone2",
  title: { ru: "Ответ голосом", en: "Collect speech" },
  config: z.object({
    prompt: field.prompt({ ru: "Вопрос", en: "Question" }),
    saveAs: field.name({ ru: "Запомнить как", en: "Save as" }),
    choices: field.list({ ru: "Ожидаемые ответы", en: "Expected answers" }, phrase, {
      help: { ru: "Пусто — любые слова.", en: "Leave empty to accept any words." },
    }),
    hints: field.text({ ru: "Подсказки распознавателю", en: "Hints for the recogniser" }, { advanced: true }),
    attempts,
    noInputPrompt,
    invalidPrompt,
    firstInputTimeout: field.number({ ru: "Ждать начала речи", en: "Wait for speech" }, { min: 1, max: 60, default: 5 }, { unit: "s" }),
    endSilence: field.number({ ru: "Конец после тишины", en: "End after silence" }, { min: 0.3, max: 5, default: 1 }, { unit: "s", advanced: true }),
    maxSeconds: field.number({ ru: "Не дольше", en: "Maximum" }, { min: 1, max: 60, default: 15 }, { unit: "s", advanced: true }),
    minConfidence: field.number({ ru: "Уверенность не ниже", en: "Minimum confidence" }, { min: 0, max: 1, default: 0.5 }, { advanced: true }),
    bargeIn: bargeIn.meta({ field: { kind: "flag", title: { ru: "Можно перебить голосом", en: "Barge-in by speech" }, advanced: true } }),
    masked: field.flag({ ru: "Секретно", en: "Secret" }, false, { advanced: true }),
  }),
  exits: ["ok", "noInput", "invalid"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("speech", {
      items: { $play: kit.prompt(config.prompt) },
      noInputItems: { $play: kit.prompt(config.noInputPrompt) },
      invalidItems: { $play: kit.prompt(config.invalidPrompt) },
      language: { $language: true },
      hints: listed(config.hints),
      phrases: config.choices.map((item) => ({ value: item.value, words: listed(item.phrases).length > 0 ? listed(item.phrases) : [item.value] })),
      minConfidence: config.minConfidence,
      firstMs: config.firstInputTimeout * 1000,
      silenceMs: config.endSilence * 1000,
      maxMs: config.maxSeconds * 1000,
      attempts: config.attempts,
      bargeIn: config.bargeIn,
      saveAs: config.saveAs,
      masked: config.masked,
    }),
  summary: (config, text) => `${text(config.prompt)} → ${config.saveAs}`,
  results: (config) => [{ name: config.saveAs, type: "string" }],
});
