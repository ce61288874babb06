import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

const verbs = {
  read: { ru: "посмотреть", en: "read" },
  on: { ru: "включить", en: "turn on" },
  off: { ru: "выключить", en: "turn off" },
  flip: { ru: "переключить", en: "toggle" },
};

/** A switch that people operate in the settings and flows read. */
export const manualSwitch = defineNode({
  type: "manual-switch",
  kinds: ["ivr", "script", "strategy"],
  group: "time",
  icon: "IconToggleRight",
  title: { ru: "Ручной переключатель", en: "Manual switch" },
  config: z.object({
    switch: field.symbol({ ru: "Переключатель", en: "Switch" }, "switch"),
    action: field.choice({ ru: "Что сделать", en: "Action" }, verbs, "read", {
      help: { ru: "Выход показывает, каким он стал.", en: "The exit shows the resulting state." },
    }),
  }),
  exits: ["on", "off"],
  waits: true,
  compile: (config, kit) => kit.ask("world", { command: { do: "toggle", name: config.switch, action: config.action }, saveAs: "", consumesDigits: false }),
  summary: (config, _text, language) =>
    config.action === "read" ? config.switch : `${verbs[config.action][language === "ru" ? "ru" : "en"]} ${config.switch}`,
  symbols: (config) => [{ kind: "switch", name: config.switch }],
});
