import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";

const option = z.object({
  value: idSchema.meta({ field: { kind: "text", title: { ru: "Предложение", en: "Offer" } } }),
  when: field.expression({ ru: "Уместно, если", en: "Condition" }, { type: "bool" }),
  say: field.prompt({ ru: "Что сказать", en: "What to say" }),
});

/** Shows the first offer that matches the known data; nothing if none does. */
export const offer = defineNode({
  type: "offer",
  kinds: ["script"],
  group: "operator",
  icon: "IconGift",
  title: { ru: "Предложение", en: "Offer" },
  config: z.object({
    offers: field.list({ ru: "Предложения по порядку", en: "Offers in order" }, option, { min: 1, max: 30 }),
    accept: field.prompt({ ru: "Кнопка «Согласен»", en: 'Button "Accepted"' }),
    decline: field.prompt({ ru: "Кнопка «Не нужно»", en: 'Button "Declined"' }),
    saveAs: field
      .name({ ru: "Предложение запомнить как", en: "Save the offer as" })
      .default("offer")
      .meta({ field: { kind: "name", title: { ru: "Предложение запомнить как", en: "Save the offer as" } } }),
  }),
  exits: ["accepted", "declined", "none"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("offer", {
      offers: config.offers.map((item) => ({ value: item.value, fits: kit.cel(item.when), say: kit.words(item.say) })),
      accept: kit.words(config.accept),
      decline: kit.words(config.decline),
      saveAs: config.saveAs,
    }),
  summary: (config) => config.offers.map((item) => item.value).join(" · "),
  results: (config) => [
    { name: config.saveAs, type: "string" },
    { name: `${config.saveAs}Answer`, type: "string" },
  ],
  expressions: (config) => config.offers.map((item, index) => ({ path: `offers.${index}.when`, source: item.when, type: "bool" })),
});
