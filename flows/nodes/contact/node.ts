import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { answerNames, callerNumber, celPairs, mapField, pairSources } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";

const group = z.object({ group: field.text({ ru: "Группа", en: "Group" }) });
const names = (groups: { group: string }[]): string[] => groups.map((item) => item.group.trim()).filter((name) => name !== "");

/** Reads or writes a person in the contact book. */
export const contact = defineNode({
  type: "contact",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconAddressBook",
  title: { ru: "Контакт", en: "Contact" },
  config: z.object({
    action: field.choice(
      { ru: "Что сделать", en: "Action" },
      { get: { ru: "найти по номеру", en: "find by number" }, update: { ru: "записать", en: "write" } },
      "get",
    ),
    number: callerNumber({ ru: "Номер", en: "Number" }, { ru: "В стратегии — contact.phone.", en: "In a strategy: contact.phone." }),
    fields: field.expressions(
      { ru: "Записать поля", en: "Write fields" },
      { help: { ru: "Остальные поля не меняются. Поле name — имя.", en: "Other fields do not change. The field name holds the person's name." } },
    ),
    addGroups: field.list({ ru: "Добавить в группы", en: "Add to groups" }, group, { max: 20, advanced: true }),
    removeGroups: field.list({ ru: "Убрать из групп", en: "Remove from groups" }, group, { max: 20, advanced: true }),
    saveAs: field.optionalName({ ru: "Контакт запомнить как", en: "Save the contact as" }),
    map: mapField({
      title: { ru: "Взять из контакта", en: "Save fields of the contact" },
      help: { ru: "Имя переменной и поле контакта.", en: "A variable name and a field of the contact." },
    }),
  }),
  exits: (config) => (config.action === "get" ? ["found", "notFound"] : ["ok"]),
  waits: true,
  compile: (config, kit) => {
    const writes = config.action === "update";
    const command = {
      do: "contact",
      action: config.action,
      phone: kit.celText(config.number),
      fields: writes ? celPairs(kit, config.fields) : {},
      groups: writes ? { add: names(config.addGroups), remove: names(config.removeGroups) } : { add: [], remove: [] },
    };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false, map: config.map });
  },
  summary: (config, _text, language) => {
    if (config.action === "get") return `${language === "ru" ? "найти" : "find"} ${config.number}`;
    const what = [...Object.keys(config.fields), ...names(config.addGroups).map((name) => `+${name}`), ...names(config.removeGroups).map((name) => `−${name}`)];
    return `${config.number} · ${what.join(", ")}`;
  },
  results: (config) => answerNames(config),
  expressions: (config) => [{ path: "number", source: config.number }, ...(config.action === "update" ? pairSources("fields", config.fields) : [])],
});
