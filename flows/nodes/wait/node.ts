import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

const seconds = { min: 0.1, max: 600, default: 1 };

export const wait = defineNode({
  type: "wait",
  kinds: ["ivr"],
  group: "time",
  icon: "IconHourglass",
  title: { ru: "Пауза", en: "Wait" },
  config: z.object({ seconds: field.tunable({ ru: "Секунд", en: "Seconds" }, seconds, { unit: "s" }) }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) => kit.ask("wait", { ms: kit.number(config.seconds, seconds, 1000) }),
  expressions: (config) => tunablePieces("seconds", config.seconds),
  summary: (config, _text, language) => (language === "ru" ? `${config.seconds} с` : `${config.seconds} s`),
});
