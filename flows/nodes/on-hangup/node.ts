import { z } from "zod";
import { defineNode } from "../define-node.ts";

export const onHangup = defineNode({
  type: "on-hangup",
  kinds: ["ivr"],
  group: "end",
  icon: "IconPhoneX",
  title: { ru: "Если положили трубку", en: "On hang-up" },
  config: z.object({}),
  exits: ["next"],
  waits: false,
  root: true,
  compile: (_config, kit) => kit.branch({}),
  decide: () => ({ exit: "next" }),
  summary: (_config, _text, language) => (language === "ru" ? "30 секунд, без звука" : "30 seconds, no audio"),
});
