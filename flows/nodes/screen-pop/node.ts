import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { mostBlocks, mostLines, mostRows } from "./card.ts";

const line = z.object({
  label: field.label({ ru: "Подпись", en: "Label" }),
  text: field.requiredTemplate({ ru: "Что показать", en: "What to show" }, { help: { ru: "{{ vars.name }}", en: "{{ vars.name }}" } }),
});

const block = z.object({
  title: field.label({ ru: "Заголовок", en: "Heading" }),
  list: field.expression({ ru: "Список", en: "List" }, { help: { ru: "vars.orders", en: "vars.orders" } }),
  row: field.text(
    { ru: "Строка", en: "Row" },
    {
      help: {
        ru: "Поля записи в скобках: №{id} · {status}. Пусто — все поля подряд.",
        en: "Fields of the item in braces: No. {id} · {status}. Leave empty for all fields.",
      },
    },
  ),
  newest: field.text(
    { ru: "Поле с датой", en: "Date field" },
    { help: { ru: "Свежие сверху. Пусто — в порядке списка.", en: "Newest first. Leave empty to keep the order of the list." } },
  ),
  most: field.number({ ru: "Не больше строк", en: "Maximum rows" }, { min: 1, max: mostRows, default: 5 }),
});

/** As an operator reads it: figures instead of words. */
const shown = (text: string): unknown => (text.includes("{{") ? { $shown: text } : text);

/** Opens a page or a card on the operator's screen. */
export const screenPop = defineNode({
  type: "screen-pop",
  kinds: ["script", "ivr"],
  group: "operator",
  icon: "IconAppWindow",
  title: { ru: "Открыть карточку", en: "Screen pop" },
  config: z.object({
    title: field.template({ ru: "Заголовок", en: "Title" }),
    digest: field.list({ ru: "Коротко о клиенте", en: "Summary" }, line, { max: mostLines }),
    blocks: field.list({ ru: "Списки", en: "Lists" }, block, { max: mostBlocks }),
    url: field.template(
      { ru: "Адрес страницы", en: "Page URL" },
      { help: { ru: "https://crm.example/client/{{ vars.id }}", en: "https://crm.example/client/{{ vars.id }}" } },
    ),
    data: field.expressions({ ru: "Поля карточки", en: "Card fields" }),
  }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", {
      command: {
        do: "screenPop",
        title: shown(config.title),
        url: kit.text(config.url),
        data: Object.fromEntries(Object.entries(config.data).map(([name, source]) => [name, kit.cel(source)])),
        digest: config.digest.map(({ label, text }) => ({ label: kit.label(label, ""), text: shown(text) })),
        blocks: config.blocks.map(({ title, list, row, newest, most }) => ({ title: kit.label(title, ""), list: kit.cel(list), row, newest, most })),
        language: { $language: true },
        zone: kit.cel("callZone"),
      },
      saveAs: "",
      consumesDigits: false,
    }),
  summary: (config) => config.title || config.url || Object.keys(config.data).join(", "),
  expressions: (config) => [
    { path: "title", source: config.title, text: true },
    { path: "url", source: config.url, text: true },
    ...Object.entries(config.data).map(([name, source]) => ({ path: `data.${name}`, source })),
    ...config.digest.map(({ text }, index) => ({ path: `digest.${index}.text`, source: text, text: true })),
    ...config.blocks.map(({ list }, index) => ({ path: `blocks.${index}.list`, source: list })),
  ],
});
