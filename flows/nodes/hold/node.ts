import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

/** Puts the caller on hold with music, or retrieves the call. */
export const hold = defineNode({
  type: "hold",
  kinds: ["ivr"],
  group: "people",
  icon: "IconPlayerPause",
  title: { ru: "Удержание", en: "Hold" },
  config: z.object({
    action: field.choice({ ru: "Что сделать", en: "Action" }, { on: { ru: "поставить", en: "put on hold" }, off: { ru: "снять", en: "retrieve" } }, "on"),
    music: field.optionalPrompt({ ru: "Музыка", en: "Music" }),
  }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", { command: { do: "hold", on: config.action === "on", items: { $play: kit.prompt(config.music) } }, saveAs: "", consumesDigits: false }),
  summary: (config, text, language) => (config.action === "off" ? (language === "ru" ? "снять" : "take back") : text(config.music)),
});
