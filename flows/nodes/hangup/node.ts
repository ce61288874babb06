import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";

export const hangup = defineNode({
  type: "hangup",
  kinds: ["ivr"],
  group: "end",
  icon: "IconPhoneOff",
  title: { ru: "Положить трубку", en: "Hang up" },
  config: z.object({
    outcome: idSchema.optional().meta({ field: { kind: "symbol", symbol: "outcome", title: { ru: "Итог", en: "Outcome" } } }),
    cause: field.choice(
      { ru: "Причина", en: "Cause" },
      {
        normal: { ru: "обычный конец", en: "normal" },
        busy: { ru: "занято (486)", en: "busy (486)" },
        rejected: { ru: "отказ (603)", en: "declined (603)" },
        notFound: { ru: "нет такого номера (404)", en: "no such number (404)" },
      },
      "normal",
      { help: { ru: "Занято и отказ слышны, пока на звонок не ответили.", en: "Busy and declined work only before the call is answered." } },
    ),
  }),
  exits: [],
  waits: true,
  final: true,
  compile: (config, kit) => {
    const codes = { normal: [0, 16], busy: [486, 17], rejected: [603, 21], notFound: [404, 1] }[config.cause] as [number, number];
    return kit.endCall(config.outcome ?? "", "world", { command: { do: "hangup", sipStatus: codes[0], q850: codes[1] }, saveAs: "", consumesDigits: true });
  },
  summary: (config) => config.outcome ?? "",
  outcomes: (config) => (config.outcome ? [config.outcome] : []),
});
