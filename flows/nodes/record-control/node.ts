import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

/** Starts, pauses or stops the recording of the whole call: a card number must not be in it (PCI DSS 3.3). */
export const recordControl = defineNode({
  type: "record-control",
  kinds: ["ivr", "script"],
  group: "people",
  icon: "IconPlayerRecord",
  title: { ru: "Запись разговора", en: "Call recording" },
  config: z.object({
    action: field.choice(
      { ru: "Что сделать", en: "Action" },
      {
        start: { ru: "начать", en: "start" },
        pause: { ru: "приостановить", en: "pause" },
        resume: { ru: "продолжить", en: "resume" },
        stop: { ru: "остановить", en: "stop" },
      },
      "start",
    ),
  }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) => kit.ask("world", { command: { do: "recordControl", action: config.action }, saveAs: "", consumesDigits: false }),
  summary: (config, _text, language) =>
    ({ start: ["начать", "start"], pause: ["приостановить", "pause"], resume: ["продолжить", "go on"], stop: ["остановить", "stop"] })[config.action][
      language === "ru" ? 0 : 1
    ]!,
});
