import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";
import { recordedFields, recordingPieces, whisperItems } from "../whisper-fields.ts";

const further = z.object({ target: field.requiredTemplate({ ru: "Куда", en: "To" }) });
const ring = { min: 5, max: 180, default: 25 };
const talk = { min: 1, max: 240, default: 60 };

const recordedOf = ({ whisperRecording, whisperAfter }: { whisperRecording?: string | undefined; whisperAfter?: string | undefined }) => ({
  recording: whisperRecording,
  after: whisperAfter,
});

export const transfer = defineNode({
  type: "transfer",
  kinds: ["ivr"],
  group: "people",
  icon: "IconPhoneOutgoing",
  title: { ru: "Перевести звонок", en: "Transfer" },
  config: z.object({
    mode: field.choice(
      { ru: "Как", en: "Mode" },
      {
        bridge: { ru: "дозвониться и соединить", en: "dial and bridge" },
        blind: { ru: "вслепую (REFER)", en: "blind (REFER)" },
      },
      "bridge",
    ),
    order: field.choice(
      { ru: "Если номеров несколько", en: "Multiple numbers" },
      { sequence: { ru: "по очереди", en: "one after another" }, simultaneous: { ru: "всем сразу", en: "all at once" } },
      "sequence",
      { advanced: true },
    ),
    target: field.requiredTemplate({ ru: "Куда", en: "To" }, { help: { ru: "Номер или {{ выражение }}.", en: "A number or {{ an expression }}." } }),
    also: field.list({ ru: "И ещё номера", en: "Additional numbers" }, further, { max: 9, advanced: true }),
    whisper: field.optionalPrompt(
      { ru: "Шепнуть ответившему", en: "Whisper to the answering party" },
      { advanced: true, help: { ru: "Звонящий этого не слышит.", en: "The caller does not hear it." } },
    ),
    whisperRecording: recordedFields.recording,
    whisperAfter: recordedFields.after,
    confirmKey: field.digits({ ru: "Клавиша «принять»", en: "Key to accept" }, "", {
      advanced: true,
      help: {
        ru: "Пусто — соединить сразу. С клавишей автоответчик звонок не примет.",
        en: "Leave empty to bridge at once. With a key, an answering machine cannot take the call.",
      },
    }),
    trunk: field.optionalSymbol({ ru: "Транк", en: "Trunk" }, "trunk"),
    callerId: field.template({ ru: "Показать номер", en: "Caller ID" }, { advanced: true }),
    ringSeconds: field.tunable({ ru: "Звонить", en: "Ring for" }, ring, { unit: "s" }),
    maxMinutes: field.tunable({ ru: "Разговор не дольше", en: "Maximum talk time" }, talk, { unit: "min", advanced: true }),
    saveAs: field.optionalName(
      { ru: "Чем кончилось, запомнить как", en: "Save the result as" },
      {
        advanced: true,
        help: {
          ru: "joined — соединились ли, waitSeconds — сколько звонили, talkSeconds — сколько говорили, target — кто ответил. Сохраняется и после отбоя.",
          en: "joined: whether the legs were bridged; waitSeconds: ringing time; talkSeconds: talk time; target: the number that answered. Also saved after a hang-up.",
        },
      },
    ),
  }),
  exits: (config) => (config.mode === "blind" ? ["ok", "rejected"] : ["ok", "busy", "noAnswer", "rejected"]),
  waits: true,
  joins: (config) => config.mode === "bridge",
  compile: (config, kit) => {
    const target = kit.text(config.target);
    const command =
      config.mode === "blind"
        ? { do: "refer", target }
        : {
            do: "bridge",
            targets: [target, ...config.also.map((item) => kit.text(item.target))],
            order: config.order,
            whisper: whisperItems(kit, config.whisper, recordedOf(config)),
            confirmKey: config.confirmKey,
            trunk: config.trunk ?? "default",
            callerId: kit.text(config.callerId),
            ringMs: kit.number(config.ringSeconds, ring, 1000),
            maxMs: kit.number(config.maxMinutes, talk, 60_000),
          };
    const joins = config.mode === "bridge" ? { joins: true } : {};
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: true, ...joins });
  },
  summary: (config) => `→ ${[config.target, ...config.also.map((item) => item.target)].join(config.order === "sequence" ? ", " : " + ")}`,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "map" }] : []),
  expressions: (config) => [
    { path: "target", source: config.target, text: true },
    ...config.also.map((item, index) => ({ path: `also.${index}.target`, source: item.target, text: true })),
    { path: "callerId", source: config.callerId, text: true },
    ...recordingPieces("whisperRecording", recordedOf(config)),
    ...tunablePieces("ringSeconds", config.ringSeconds),
    ...tunablePieces("maxMinutes", config.maxMinutes),
  ],
  symbols: (config) => (config.mode === "bridge" && config.trunk ? [{ kind: "trunk", name: config.trunk }] : []),
});
