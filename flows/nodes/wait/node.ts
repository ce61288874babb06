import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const wait = defineNode({
  type: "wait",
  kinds: ["ivr"],
  group: "time",
  icon: "IconHourglass",
  title: { ru: "Пауза", en: "Wait" },
  config: z.object({ seconds: field.number({ ru: "Секунд", en: "Seconds" }, { min: 0.1, max: 600, default: 1 }, { unit: "s" }) }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) => kit.ask("wait", { ms: Math.round(config.seconds * 1000) }),
  summary: (config, _text, language) => (language === "ru" ? `${config.seconds} с` : `${config.seconds} s`),
});
