import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const say = defineNode({
  type: "say",
  kinds: ["ivr"],
  group: "talk",
  icon: "IconVolume",
  title: { ru: "Сказать", en: "Say" },
  config: z.object({
    prompt: field.prompt({ ru: "Что сказать", en: "What to say" }),
    bargeIn: field.flag({ ru: "Можно перебить клавишей", en: "Barge-in" }, true, {
      help: { ru: "Нажатая клавиша сохраняется для следующего меню.", en: "The key is kept for the next menu." },
    }),
  }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) => kit.ask("say", { items: { $play: kit.prompt(config.prompt) }, bargeIn: config.bargeIn }),
  summary: (config, text) => text(config.prompt),
});
