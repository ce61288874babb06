import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

const length = { min: 1, max: 600, default: 120 };

export const record = defineNode({
  type: "record",
  kinds: ["ivr"],
  group: "listen",
  icon: "IconMicrophone",
  title: { ru: "Записать сообщение", en: "Record a message" },
  config: z.object({
    prompt: field.optionalPrompt({ ru: "Приглашение", en: "Invitation" }),
    saveAs: field
      .name({ ru: "Запомнить как", en: "Save as" })
      .default("message")
      .meta({ field: { kind: "name", title: { ru: "Запомнить как", en: "Save as" } } }),
    maxSeconds: field.tunable({ ru: "Не дольше", en: "Maximum" }, length, { unit: "s" }),
    silenceSeconds: field.number({ ru: "Кончить после тишины", en: "End after silence" }, { min: 0, max: 60, default: 4 }, { unit: "s" }),
    terminator: field.digits({ ru: "Клавиша конца", en: "Terminator" }, "#"),
    beep: field.flag({ ru: "Сигнал перед записью", en: "Beep first" }, true),
    review: field.optionalPrompt(
      { ru: "Дать переслушать выбор: «оставить — 1, заново — 2»", en: 'Prompt: "1 to keep, 2 to record again"' },
      { help: { ru: "Пусто — без вопроса. Молчание оставляет сообщение.", en: "Leave empty to skip the question. No input keeps the message." } },
    ),
    box: field.text(
      { ru: "Голосовая почта: ящик", en: "Mailbox" },
      { help: { ru: "Имя ящика, если это сообщение для кого-то.", en: "Mailbox name if the message is for a person." } },
    ),
    minSpeech: field.number(
      { ru: "Пусто, если речи меньше", en: "No input if speech is shorter than" },
      { min: 0, max: 10, default: 0.5 },
      { unit: "s", advanced: true },
    ),
  }),
  exits: ["next", "noInput"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("record", {
      items: { $play: kit.prompt(config.prompt) },
      maxMs: kit.number(config.maxSeconds, length, 1000),
      silenceMs: config.silenceSeconds * 1000,
      terminator: config.terminator,
      beep: config.beep,
      minSpeechMs: config.minSpeech * 1000,
      saveAs: config.saveAs,
      box: config.box,
      review: config.review ? { items: { $play: kit.prompt(config.review) }, keep: "1", again: "2", waitMs: 5_000 } : null,
    }),
  summary: (config, text, language) => text(config.prompt) || (language === "ru" ? `до ${config.maxSeconds} с` : `up to ${config.maxSeconds} s`),
  results: (config) => [{ name: config.saveAs, type: "string" }],
  expressions: (config) => tunablePieces("maxSeconds", config.maxSeconds),
});
