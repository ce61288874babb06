import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { calendarSchema } from "../../schema/calendar.ts";
import { defineNode } from "../define-node.ts";
import { openingAt } from "./opening.ts";

export const businessHours = defineNode({
  type: "business-hours",
  kinds: ["ivr", "script", "strategy"],
  group: "time",
  icon: "IconCalendarTime",
  title: { ru: "Часы работы", en: "Business hours" },
  config: z.object({
    calendar: field.symbol({ ru: "Календарь", en: "Calendar" }, "calendar"),
    saveAs: field.optionalName({ ru: "Когда откроется, запомнить как", en: "Save next opening as" }),
  }),
  exits: ["open", "closed", "holiday"],
  waits: false,
  compile: (config, kit) => kit.branch({ calendar: config.calendar, saveAs: config.saveAs ?? "" }),
  decide: (args: { calendar: string; saveAs: string }, view) => {
    const found = calendarSchema.safeParse(view.context.calendars[args.calendar]);
    if (!found.success) return { exit: "error", fault: { code: "not-found", message: `no calendar "${args.calendar}"` } };
    const { state, next } = openingAt(found.data, view.at);
    return { exit: state, ...(args.saveAs ? { vars: { [args.saveAs]: next } } : {}) };
  },
  summary: (config) => config.calendar,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "datetime" }] : []),
  symbols: (config) => [{ kind: "calendar", name: config.calendar }],
});
