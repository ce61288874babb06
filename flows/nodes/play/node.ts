import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const play = defineNode({
  type: "play",
  kinds: ["ivr"],
  group: "talk",
  icon: "IconMusic",
  title: { ru: "Проиграть", en: "Play" },
  config: z
    .object({
      playlist: field.list({ ru: "Список фраз", en: "Playlist" }, z.object({ prompt: field.prompt({ ru: "Фраза", en: "Prompt" }) })),
      mode: field.choice(
        { ru: "Как", en: "Mode" },
        {
          times: { ru: "столько раз", en: "a number of times" },
          loop: { ru: "по кругу, пока не нажмут", en: "loop until a key is pressed" },
          background: { ru: "фоном: сценарий идёт дальше", en: "in the background" },
          silence: { ru: "выключить фон", en: "stop background audio" },
        },
        "times",
      ),
      maxSeconds: field.number({ ru: "По кругу не дольше", en: "Maximum loop time" }, { min: 1, max: 3_600, default: 300 }, { unit: "s", advanced: true }),
      times: field.number({ ru: "Сколько раз", en: "Times" }, { min: 1, max: 50, default: 1 }),
      bargeIn: field.flag({ ru: "Можно перебить клавишей", en: "Barge-in" }, true),
    })
    .refine(({ mode, playlist }) => mode === "silence" || playlist.length > 0, {
      path: ["playlist"],
      error: "at least one prompt is needed",
      params: { ru: "нужна хотя бы одна фраза" },
    }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) => {
    const once = config.playlist.flatMap((item) => kit.prompt(item.prompt));
    if (config.mode === "background" || config.mode === "silence") {
      const items = config.mode === "silence" ? [] : once;
      return kit.ask("world", { command: { do: "background", items: { $play: items } }, saveAs: "", consumesDigits: false });
    }
    if (config.mode === "loop") return kit.ask("say", { items: { $play: once }, bargeIn: true, loopMs: config.maxSeconds * 1000 });
    return kit.ask("say", { items: { $play: Array.from({ length: config.times }, () => once).flat() }, bargeIn: config.bargeIn });
  },
  summary: (config, text, language) =>
    config.mode === "silence"
      ? language === "ru"
        ? "выключить фон"
        : "background off"
      : config.playlist.length === 1
        ? text(config.playlist[0]?.prompt)
        : language === "ru"
          ? `${config.playlist.length} фраз(ы)`
          : `${config.playlist.length} prompts`,
  prompts: (config) => (config.mode === "silence" ? [] : config.playlist.map((item) => item.prompt)),
});
