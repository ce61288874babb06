import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { tunablePieces } from "../tunable.ts";

/** Attempt outcomes, in the order of the exits. */
export const attemptExits = ["answered", "busy", "noAnswer", "rejected", "invalid", "failed", "denied", "unknown"] as const;
/** Answers other than a person, reported with answering machine detection. */
const answeredBy = ["machine", "fax"] as const;
const ring = { min: 15, max: 120, default: 25 };

export const dial = defineNode({
  type: "dial",
  kinds: ["strategy"],
  group: "outbound",
  icon: "IconPhoneCall",
  title: { ru: "Позвонить", en: "Dial" },
  config: z.object({
    number: field
      .expression({ ru: "Номер", en: "Number" })
      .default("contact.phone")
      .meta({ field: { kind: "expression", type: "dyn", title: { ru: "Номер", en: "Number" } } }),
    trunk: field.optionalSymbol({ ru: "Транк", en: "Trunk" }, "trunk"),
    callerId: field.template({ ru: "Показать номер", en: "Caller ID" }, { advanced: true }),
    ringSeconds: field.tunable({ ru: "Звонить", en: "Ring for" }, ring, {
      unit: "s",
      help: { ru: "Не меньше 15 секунд: короче — спам для получателя.", en: "At least 15 seconds, as fair dialling rules require." },
    }),
    amd: field.flag({ ru: "Отличать автоответчик", en: "Detect answering machines" }, false, {
      help: { ru: "Неуверенный ответ считается человеком.", en: "An uncertain result counts as a person." },
    }),
    saveAs: field.optionalName({ ru: "Исход запомнить как", en: "Save the outcome as" }),
  }),
  exits: (config) => [attemptExits[0], ...(config.amd ? answeredBy : []), ...attemptExits.slice(1)],
  waits: true,
  compile: (config, kit) => {
    const next = kit.nodes[kit.nodes[kit.id]?.exits["answered"] ?? ""];
    const run = next?.type === "run-flow" ? (next.config as { flow?: string }) : {};
    const command = {
      do: "dial",
      number: kit.celText(config.number),
      trunk: config.trunk ?? "default",
      callerId: kit.text(config.callerId),
      ringMs: kit.number(config.ringSeconds, ring, 1000),
      flow: run.flow ?? "",
      inputs: {},
      amd: config.amd,
    };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false });
  },
  summary: (config) => config.number,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "string" }] : []),
  expressions: (config) => [
    { path: "number", source: config.number },
    { path: "callerId", source: config.callerId, text: true },
    ...tunablePieces("ringSeconds", config.ringSeconds),
  ],
  symbols: (config) => (config.trunk ? [{ kind: "trunk", name: config.trunk }] : []),
});
