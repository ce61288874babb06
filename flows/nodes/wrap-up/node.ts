import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { idSchema } from "../../schema/ids.ts";
import { defineNode } from "../define-node.ts";
import { knownValues, shownField, stepField } from "../step/node.ts";

const option = z.object({
  value: idSchema.meta({ field: { kind: "symbol", symbol: "outcome", title: { ru: "Итог", en: "Outcome" } } }),
  label: field.prompt({ ru: "Подпись", en: "Label" }),
});

/** The end of an operator script: the operator selects the disposition. */
export const wrapUp = defineNode({
  type: "wrap-up",
  kinds: ["script"],
  group: "end",
  icon: "IconFlagCheck",
  title: { ru: "Итог разговора", en: "Wrap-up" },
  config: z.object({
    say: field.optionalPrompt({ ru: "Прощание", en: "Closing words" }),
    options: field.list({ ru: "Варианты", en: "Options" }, option, { min: 1 }),
    fields: field.list({ ru: "Поля", en: "Fields" }, stepField),
  }),
  exits: [],
  waits: true,
  final: true,
  compile: (config, kit) =>
    kit.dispose(
      {
        step: {
          kind: "disposition",
          say: kit.words(config.say),
          instruction: "",
          know: "",
          fields: config.fields.map((item) => shownField(item, kit)),
          answers: config.options.map((item) => ({ value: item.value, label: kit.words(item.label) })),
          values: knownValues(config.fields, kit),
        },
        saveAs: "",
      },
      config.options.map((item) => item.value),
    ),
  summary: (config) => config.options.map((item) => item.value).join(" · "),
  outcomes: (config) => config.options.map((item) => item.value),
  results: (config) => config.fields.map((item) => ({ name: item.name, type: item.type })),
});
