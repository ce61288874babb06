import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

/** Opens a page or a card on the operator's screen. */
export const screenPop = defineNode({
  type: "screen-pop",
  kinds: ["script", "ivr"],
  group: "operator",
  icon: "IconAppWindow",
  title: { ru: "Открыть карточку", en: "Screen pop" },
  config: z.object({
    title: field.template({ ru: "Заголовок", en: "Title" }),
    url: field.template(
      { ru: "Адрес страницы", en: "Page address" },
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
        title: kit.text(config.title),
        url: kit.text(config.url),
        data: Object.fromEntries(Object.entries(config.data).map(([name, source]) => [name, kit.cel(source)])),
      },
      saveAs: "",
      consumesDigits: false,
    }),
  summary: (config) => config.title || config.url || Object.keys(config.data).join(", "),
  expressions: (config) => [
    { path: "title", source: config.title, text: true },
    { path: "url", source: config.url, text: true },
    ...Object.entries(config.data).map(([name, source]) => ({ path: `data.${name}`, source })),
  ],
});
