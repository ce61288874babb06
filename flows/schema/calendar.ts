import { z } from "zod";
import { productionCalendars } from "./production-calendar.ts";

const clock = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const span = z.object({ from: z.string().regex(clock, "HH:MM"), to: z.string().regex(clock, "HH:MM") }).strict();

/** Opening hours: an environment symbol, so a client changes them without touching the graph. */
export const calendarSchema = z
  .object({
    zone: z.string().max(60).refine(knownZone, "unknown time zone"),
    /** Intervals per weekday, "1" = Monday … "7" = Sunday; absent = closed. */
    week: z.record(z.enum(["1", "2", "3", "4", "5", "6", "7"]), z.array(span).max(10)).or(z.record(z.string(), z.array(span).max(10))),
    /** Days off, "2026-01-01" or every year "01-01". */
    holidays: z
      .array(z.string().regex(/^(\d{4}-)?\d\d-\d\d$/, "YYYY-MM-DD or MM-DD"))
      .max(500)
      .default([]),
    /** Days with hours of their own, "2026-12-30" or every year "12-30"; none = closed as on a holiday. */
    special: z.record(z.string().regex(/^(\d{4}-)?\d\d-\d\d$/, "YYYY-MM-DD or MM-DD"), z.array(span).max(10)).default({}),
    /** Built-in production calendar: days off, moved days and working Saturdays of a country. */
    production: z.enum(productionCalendars).optional(),
    /** Days before a public holiday end one hour earlier (with a production calendar). */
    shortDays: z.boolean().optional(),
  })
  .strict();
export type Calendar = z.infer<typeof calendarSchema>;

/** Whether an IANA zone name is known here. */
export function knownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
