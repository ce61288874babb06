import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { inputFields } from "../input-fields.ts";

const person = z.object({
  name: field.requiredTemplate({ ru: "Имя и фамилия", en: "Name" }),
  number: field.requiredTemplate({ ru: "Номер", en: "Number" }),
  extension: field.text({ ru: "Добавочный", en: "Extension" }),
});

const { attempts, noInputPrompt, invalidPrompt, firstInputTimeout } = inputFields;

/** Finds a person in a directory by spoken surname or extension; the result is the number. */
export const dialByName = defineNode({
  type: "dial-by-name",
  kinds: ["ivr"],
  group: "people",
  icon: "IconAddressBook",
  title: { ru: "Найти по имени", en: "Dial by name" },
  config: z.object({
    prompt: field.prompt({ ru: "Вопрос", en: "Question" }),
    people: field.list({ ru: "Справочник", en: "Directory" }, person),
    from: field.optionalExpression(
      { ru: "Или справочник из", en: "Or directory from" },
      { help: { ru: "Список карт: name, number, extension.", en: "A list of maps with name, number and extension." } },
    ),
    attempts,
    noInputPrompt,
    invalidPrompt,
    firstInputTimeout,
    saveAs: field
      .name({ ru: "Кого нашли, запомнить как", en: "Save the person as" })
      .default("person")
      .meta({ field: { kind: "name", title: { ru: "Кого нашли, запомнить как", en: "Save the person as" } } }),
  }),
  exits: ["found", "notFound", "noInput"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("directory", {
      items: { $play: kit.prompt(config.prompt) },
      noInputItems: { $play: kit.prompt(config.noInputPrompt) },
      invalidItems: { $play: kit.prompt(config.invalidPrompt) },
      people: config.people.map((item) => ({ name: kit.text(item.name), number: kit.text(item.number), extension: item.extension })),
      more: config.from ? kit.cel(config.from) : [],
      language: { $language: true },
      attempts: config.attempts,
      firstMs: config.firstInputTimeout * 1000,
      saveAs: config.saveAs,
    }),
  summary: (config, text) => text(config.prompt),
  results: (config) => [{ name: config.saveAs, type: "map" }],
  expressions: (config) => [
    ...config.people.flatMap((item, index) => [
      { path: `people.${index}.name`, source: item.name, text: true },
      { path: `people.${index}.number`, source: item.number, text: true },
    ]),
    ...(config.from ? [{ path: "from", source: config.from }] : []),
  ],
});
