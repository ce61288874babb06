import { nodeTypes } from "../nodes/index.ts";
import { formOf, type FormField } from "../schema/fields.ts";
import { localize, type Localized } from "../schema/values.ts";

const settings: Readonly<Record<string, Required<Localized>>> = {
  title: { ru: "Название", en: "Title" },
  note: { ru: "Примечание", en: "Note" },
  retries: { ru: "Повторов при ошибке", en: "Retries on error" },
  analytics: { ru: "Имя в отчётах", en: "Name in reports" },
  description: { ru: "Описание", en: "Description" },
  tags: { ru: "Метки", en: "Tags" },
};

/**
 * A place inside a node as its form calls it: "config.choices[1].value" of a menu is «Выбор [1] → Значение». What no
 * form knows is called by its own name.
 */
export function fieldTitle(type: string | undefined, field: string, language: "ru" | "en"): string {
  const [head = "", ...rest] = field.split(/\.|(?=\[)/);
  if (head !== "config") return [settings[head]?.[language] ?? head, ...rest].join(" ");
  let form: FormField[] = type && nodeTypes[type] ? formOf(nodeTypes[type].config) : [];
  const words: string[] = [];
  for (const part of rest) {
    if (part.startsWith("[")) {
      words[words.length - 1] = `${words.at(-1) ?? ""} ${part}`;
      continue;
    }
    const known = form.find((each) => each.name === part);
    words.push(localize(known?.title, language, part));
    form = known?.items ?? [];
  }
  return words.join(" → ");
}
