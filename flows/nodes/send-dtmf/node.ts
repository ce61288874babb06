import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const sendDtmf = defineNode({
  type: "send-dtmf",
  kinds: ["ivr"],
  group: "talk",
  icon: "IconGridDots",
  title: { ru: "Набрать тоны", en: "Send DTMF" },
  config: z.object({
    digits: field.requiredTemplate(
      { ru: "Что набрать", en: "Digits" },
      { help: { ru: "Цифры, * и #; w — пауза полсекунды.", en: "Digits, * and #; w is a half-second pause." } },
    ),
    ms: field.number({ ru: "Тон", en: "Tone length" }, { min: 40, max: 1000, default: 100 }, { unit: "ms", advanced: true }),
    gap: field.number({ ru: "Пауза", en: "Gap" }, { min: 40, max: 1000, default: 100 }, { unit: "ms", advanced: true }),
  }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", { command: { do: "dtmf", digits: kit.text(config.digits), onMs: config.ms, gapMs: config.gap }, saveAs: "", consumesDigits: false }),
  summary: (config) => config.digits,
  expressions: (config) => [{ path: "digits", source: config.digits, text: true }],
});
