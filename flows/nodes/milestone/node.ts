import { z } from "zod";
import { field, type FieldMeta } from "../../schema/fields.ts";
import { nameSchema } from "../../schema/ids.ts";
import type { Value } from "../../schema/values.ts";
import { defineNode } from "../define-node.ts";

const nameField = {
  kind: "name",
  title: { ru: "Имя вехи", en: "Name" },
  help: { ru: "По нему веху находят в отчётах; можно без имени.", en: "Used in reports. Optional." },
} satisfies FieldMeta;

const config = z
  .object({
    name: nameSchema.or(z.literal("")).default("").meta({ field: nameField }),
    note: field.template({ ru: "Заметка", en: "Note" }),
    data: field.expressions(
      { ru: "Данные", en: "Data" },
      {
        help: { ru: "Имя и выражение: их значения лягут рядом с вехой.", en: "A name and an expression. The values are saved with the milestone." },
        advanced: true,
      },
    ),
  })
  .refine(({ name, note }) => name !== "" || note !== "", { path: ["note"], error: "a name or a note is needed", params: { ru: "нужно имя или заметка" } });

/** Marks in the journal that a call has reached this point. */
export const milestone = defineNode({
  type: "milestone",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconNotes",
  title: { ru: "Веха", en: "Milestone" },
  config,
  exits: ["next"],
  waits: false,
  compile: ({ name, note, data }, kit) => kit.branch({ name, note, data }),
  decide: (args: { name: string; note: string; data: Record<string, string> }, view) => {
    const data: Record<string, Value> = {};
    for (const [name, source] of Object.entries(args.data)) data[name] = view.evaluate(source);
    return { exit: "next", notes: [{ milestone: args.name, message: view.render(args.note), data }] };
  },
  summary: ({ name, note }) => [name, note].filter(Boolean).join(": "),
  expressions: ({ note, data }) => [
    { path: "note", source: note, text: true },
    ...Object.entries(data).map(([name, source]) => ({ path: `data.${name}`, source })),
  ],
});
