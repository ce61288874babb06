import { z } from "zod";

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
    /** Days with hours of their own. */
    special: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/, "YYYY-MM-DD"), z.array(span).max(10)).default({}),
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
