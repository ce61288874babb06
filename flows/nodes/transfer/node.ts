import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const transfer = defineNode({
  type: "transfer",
  kinds: ["ivr"],
  group: "people",
  icon: "IconPhoneOutgoing",
  title: { ru: "Перевести звонок", en: "Transfer" },
  config: z.object({
    mode: field.choice(
      { ru: "Как", en: "How" },
      {
        bridge: { ru: "дозвониться и соединить", en: "dial and bridge" },
        blind: { ru: "вслепую (REFER)", en: "blind (REFER)" },
      },
      "bridge",
    ),
    target: field.requiredTemplate({ ru: "Куда", en: "To" }, { help: { ru: "Номер или {{ выражение }}.", en: "A number or {{ an expression }}." } }),
    trunk: field.optionalSymbol({ ru: "Транк", en: "Trunk" }, "trunk"),
    callerId: field.template({ ru: "Показать номер", en: "Caller ID to show" }, { advanced: true }),
    ringSeconds: field.number({ ru: "Звонить", en: "Ring for" }, { min: 5, max: 180, default: 25 }, { unit: "s" }),
    maxMinutes: field.number({ ru: "Разговор не дольше", en: "Talk at most" }, { min: 1, max: 240, default: 60 }, { unit: "min", advanced: true }),
  }),
  exits: (config) => (config.mode === "blind" ? ["ok", "rejected"] : ["ok", "busy", "noAnswer", "rejected"]),
  waits: true,
  compile: (config, kit) => {
    const target = kit.text(config.target);
    const command =
      config.mode === "blind"
        ? { do: "refer", target }
        : {
            do: "bridge",
            target,
            trunk: config.trunk ?? "default",
            callerId: kit.text(config.callerId),
            ringMs: config.ringSeconds * 1000,
            maxMs: config.maxMinutes * 60_000,
          };
    return kit.ask("world", { command, saveAs: "", consumesDigits: true });
  },
  summary: (config) => `→ ${config.target}`,
  expressions: (config) => [
    { path: "target", source: config.target, text: true },
    { path: "callerId", source: config.callerId, text: true },
  ],
  symbols: (config) => (config.mode === "bridge" && config.trunk ? [{ kind: "trunk", name: config.trunk }] : []),
});
