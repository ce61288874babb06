import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const start = defineNode({
  type: "start",
  kinds: ["ivr", "script", "strategy"],
  group: "logic",
  icon: "IconPlayerPlay",
  title: { ru: "Начало", en: "Start" },
  config: z.object({
    record: field.flag({ ru: "Записывать разговор", en: "Record the call" }, false, {
      help: { ru: "Обе стороны, стерео. Сообщите об этом звонящему.", en: "Both sides, stereo. Tell the caller about the recording." },
    }),
  }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) =>
    config.record && kit.flow.kind === "ivr"
      ? kit.ask("world", { command: { do: "answer", record: true, early: false }, saveAs: "", consumesDigits: false })
      : kit.branch({}),
  decide: () => ({ exit: "next" }),
  summary: (config, _text, language) => (config.record ? (language === "ru" ? "с записью" : "recorded") : ""),
});
