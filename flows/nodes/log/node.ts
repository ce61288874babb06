import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const log = defineNode({
  type: "log",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconNotes",
  title: { ru: "Заметка в журнал", en: "Log" },
  config: z.object({ message: field.requiredTemplate({ ru: "Текст", en: "Text" }) }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => kit.branch({ message: config.message }),
  decide: (args: { message: string }, view) => ({ exit: "next", notes: [{ message: view.render(args.message) }] }),
  summary: (config) => config.message,
  expressions: (config) => [{ path: "message", source: config.message, text: true }],
});
