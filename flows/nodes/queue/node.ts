import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { listed } from "../input-fields.ts";
import { tunablePieces } from "../tunable.ts";
import { recordedFields, recordingPieces, whisperItems } from "../whisper-fields.ts";

const relax = { min: 0, max: 3_600, default: 60 };
const wait = { min: 5, max: 7_200, default: 600 };
const comfort = { min: 10, max: 600, default: 45 };

/** Waits for an operator of a queue; the host plays music, announces the position and connects the two. */
export const queue = defineNode({
  type: "queue",
  kinds: ["ivr"],
  group: "people",
  icon: "IconUsersGroup",
  title: { ru: "Очередь к операторам", en: "Queue" },
  config: z.object({
    queue: field.symbol({ ru: "Очередь", en: "Queue" }, "queue"),
    priority: field.number({ ru: "Важность", en: "Priority" }, { min: 0, max: 10, default: 5 }, { help: { ru: "10 — первым.", en: "10 is the highest." } }),
    skills: field.text({ ru: "Навыки через запятую", en: "Skills, comma-separated" }),
    relaxSeconds: field.tunable({ ru: "Снять требование навыков через", en: "Drop the skills after" }, relax, { unit: "s", advanced: true }),
    maxSeconds: field.tunable({ ru: "Ждать не дольше", en: "Maximum wait" }, wait, { unit: "s" }),
    music: field.optionalPrompt({ ru: "Музыка", en: "Music" }),
    comfort: field.optionalPrompt({ ru: "Фраза ожидания", en: "Comfort message" }),
    comfortSeconds: field.tunable({ ru: "Повторять фразу каждые", en: "Comfort message every" }, comfort, { unit: "s", advanced: true }),
    announce: field.flag({ ru: "Называть место и ожидание", en: "Announce position and wait time" }, true),
    exitKey: field.digits({ ru: "Клавиша выхода", en: "Key to leave" }, "", {
      help: { ru: "Например, 1 — перезвоните мне.", en: "For example 1 for a callback." },
    }),
    whisper: field.optionalPrompt({ ru: "Шепнуть оператору", en: "Whisper to the operator" }, { advanced: true }),
    whisperRecording: recordedFields.recording,
    saveAs: field.optionalName({ ru: "Кто ответил, запомнить как", en: "Save who answered as" }),
  }),
  exits: (config) => ["answered", "timeout", "full", "closed", ...(config.exitKey ? ["exitKey"] : [])],
  waits: true,
  joins: () => true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: {
        do: "queue",
        queue: config.queue,
        priority: config.priority,
        skills: listed(config.skills),
        relaxMs: kit.number(config.relaxSeconds, relax, 1000),
        maxWaitMs: kit.number(config.maxSeconds, wait, 1000),
        music: { $play: kit.prompt(config.music) },
        comfort: { $play: kit.prompt(config.comfort) },
        comfortMs: kit.number(config.comfortSeconds, comfort, 1000),
        announce: config.announce,
        whisper: whisperItems(kit, config.whisper, { recording: config.whisperRecording }),
      },
      saveAs: config.saveAs ?? "",
      consumesDigits: true,
      joins: true,
      ...(config.exitKey ? { exitKey: { key: config.exitKey, exit: "exitKey" } } : {}),
    }),
  summary: (config, _text, language) => `${config.queue} · ${language === "ru" ? `до ${config.maxSeconds} с` : `up to ${config.maxSeconds} s`}`,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  expressions: (config) => [
    ...recordingPieces("whisperRecording", { recording: config.whisperRecording }),
    ...tunablePieces("maxSeconds", config.maxSeconds),
    ...tunablePieces("relaxSeconds", config.relaxSeconds),
    ...tunablePieces("comfortSeconds", config.comfortSeconds),
  ],
  symbols: (config) => [{ kind: "queue", name: config.queue }],
});
