import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

/** Detects an answering machine on an answered call. An uncertain result counts as a person. */
export const amd = defineNode({
  type: "amd",
  kinds: ["ivr"],
  group: "outbound",
  icon: "IconRobot",
  title: { ru: "Человек или автоответчик", en: "Detect answering machine" },
  config: z.object({
    maxSeconds: field.number({ ru: "Решить за", en: "Decide within" }, { min: 1, max: 15, default: 4 }, { unit: "s" }),
    waitBeep: field.flag({ ru: "Ждать сигнала автоответчика", en: "Wait for the beep" }, true),
    saveAs: field.optionalName({ ru: "Запомнить как", en: "Save as" }),
  }),
  exits: ["human", "machine", "fax", "silence"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: { do: "amd", maxMs: config.maxSeconds * 1000, waitBeep: config.waitBeep },
      saveAs: config.saveAs ?? "",
      consumesDigits: false,
    }),
  summary: (config, _text, language) => (language === "ru" ? `за ${config.maxSeconds} с` : `within ${config.maxSeconds} s`),
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "string" }] : []),
});
