import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

/** Answers the call before the first prompt, or plays prompts before the answer (183 with early media, RFC 3960). */
export const answer = defineNode({
  type: "answer",
  kinds: ["ivr"],
  group: "talk",
  icon: "IconPhoneCheck",
  title: { ru: "Ответить", en: "Answer" },
  config: z.object({
    mode: field.choice(
      { ru: "Как", en: "Mode" },
      { answer: { ru: "снять трубку", en: "answer the call" }, early: { ru: "говорить до ответа (183)", en: "speak before answering (183)" } },
      "answer",
    ),
    record: field.flag({ ru: "Записывать разговор", en: "Record the call" }, false),
  }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: { do: "answer", record: config.record && config.mode === "answer", early: config.mode === "early" },
      saveAs: "",
      consumesDigits: false,
    }),
  summary: (config, _text, language) => (config.mode === "early" ? "183" : config.record ? (language === "ru" ? "с записью" : "recorded") : ""),
});
