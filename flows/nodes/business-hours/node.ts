import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { usableCalendar } from "../../schema/calendar.ts";
import { nowParts } from "../../language/zoned.ts";
import { momentOf } from "../../strategy/moment-of.ts";
import { defineNode } from "../define-node.ts";
import { openingAt } from "./opening.ts";

/** A moment of the calendar's clock by the clock of the call, by which it is said and waited for. */
function byClockOf(zone: string, moment: string, calendarZone: string): string {
  const { date, time } = nowParts(momentOf(moment, calendarZone) ?? 0, zone);
  return `${date}T${time}`;
}

export const businessHours = defineNode({
  type: "business-hours",
  kinds: ["ivr", "script", "strategy"],
  group: "time",
  icon: "IconCalendarTime",
  title: { ru: "Часы работы", en: "Business hours" },
  config: z.object({
    calendar: field.symbol({ ru: "Календарь", en: "Calendar" }, "calendar"),
    saveAs: field.optionalName({ ru: "Когда откроется, запомнить как", en: "Save next opening as" }),
    special: field.flag({ ru: "Особые часы — отдельным выходом", en: "Separate exit for special hours" }, false, {
      help: {
        ru: "Открыто, но часы сегодня особые: можно сказать об этом.",
        en: "Open, but with special hours today, which you can announce.",
      },
      advanced: true,
    }),
  }),
  exits: (config) => ["open", "closed", "holiday", ...(config.special ? ["special"] : [])],
  waits: false,
  compile: (config, kit) => kit.branch({ calendar: config.calendar, saveAs: config.saveAs ?? "", special: config.special }),
  decide: (args: { calendar: string; saveAs: string; special: boolean }, view) => {
    const calendar = usableCalendar(view.context.calendars[args.calendar]);
    if (!calendar) return { exit: "error", fault: { code: "not-found", message: `no calendar "${args.calendar}"` } };
    const { state, special, next } = openingAt(calendar, view.at);
    const exit = args.special && special && state === "open" ? "special" : state;
    return { exit, ...(args.saveAs ? { vars: { [args.saveAs]: next && byClockOf(view.context.zone, next, calendar.zone) } } : {}) };
  },
  summary: (config) => config.calendar,
  results: (config) => (config.saveAs ? [{ name: config.saveAs, type: "datetime" }] : []),
  symbols: (config) => [{ kind: "calendar", name: config.calendar }],
});
