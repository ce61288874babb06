import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { flowLanguages } from "../../schema/flow.ts";
import { defineNode } from "../define-node.ts";

/** The language of all following prompts. A prompt without it falls back to the first language of the flow. */
export const setLanguage = defineNode({
  type: "set-language",
  kinds: ["ivr", "script"],
  group: "talk",
  icon: "IconLanguage",
  title: { ru: "Язык", en: "Set language" },
  config: z.object({
    language: field.choice(
      { ru: "Язык", en: "Language" },
      { ru: { ru: "русский", en: "Russian" }, en: { ru: "английский", en: "English" }, by: { ru: "по выражению", en: "by an expression" } },
      "ru",
    ),
    by: field.optionalExpression(
      { ru: "Выражение: ru или en", en: "Expression: ru or en" },
      { help: { ru: "Например, contact.language.", en: "For example contact.language." } },
    ),
  }),
  exits: ["next"],
  waits: false,
  compile: (config, kit) => kit.branch({ language: config.language, by: config.by ?? "" }),
  decide: (args: { language: string; by: string }, view) => {
    const wanted = args.language === "by" ? (args.by ? view.evaluate(args.by) : null) : args.language;
    const language = flowLanguages.find((each) => each === wanted);
    if (!language) return { exit: "error", fault: { code: "bad-value", message: `not a language of flows: ${JSON.stringify(wanted)}` } };
    return { exit: "next", patch: { language }, notes: [{ language }] };
  },
  summary: (config) => (config.language === "by" ? (config.by ?? "?") : config.language),
  expressions: (config) => (config.language === "by" && config.by ? [{ path: "by", source: config.by }] : []),
});
