import { z } from "zod";
import { productionCalendars } from "./production-calendar.ts";
import { readDate } from "./read-moment.ts";

const opens = /^([01]\d|2[0-3]):[0-5]\d$/;
const closes = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Describes the problem in both languages; the API and the screens select one. */
const wrong = (en: string, ru: string) => ({ error: en, params: { ru } });

const span = z
  .object({
    from: z.string().refine((text) => opens.test(text), wrong("write the opening time as HH:MM, 00:00 to 23:59", "время открытия — ЧЧ:ММ, от 00:00 до 23:59")),
    to: z.string().refine((text) => closes.test(text), wrong("write the closing time as HH:MM, 00:00 to 24:00", "время закрытия — ЧЧ:ММ, от 00:00 до 24:00")),
  })
  .strict()
  .refine(
    ({ from, to }) => from !== to,
    wrong("opening and closing times are the same: for a whole day write 00:00 to 24:00", "начало и конец совпадают: весь день — это 00:00–24:00"),
  );
const spans = z.array(span).max(10);

const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
const day = z
  .string()
  .refine(isDay, wrong("not a valid date: write YYYY-MM-DD, or MM-DD for every year", "такого дня нет: ГГГГ-ММ-ДД или ММ-ДД для каждого года"));

/**
 * Opening hours: an environment symbol, so they can be changed without changing a flow. An interval that ends before
 * it starts ("22:00" to "06:00") continues past midnight and belongs to the day on which it starts.
 */
export const calendarSchema = z
  .object({
    zone: z.string().max(60).refine(knownZone, wrong("unknown time zone", "такого часового пояса нет")),
    /** Intervals per weekday, "1" = Monday … "7" = Sunday; absent = closed. */
    week: z
      .record(z.string(), spans)
      .refine(
        (week) => Object.keys(week).every((name) => weekdays.some((each) => each === name)),
        wrong("days of the week are numbered 1 (Monday) to 7 (Sunday)", "дни недели — от 1 (понедельник) до 7 (воскресенье)"),
      ),
    /** Days off, "2026-01-01" or every year "01-01". */
    holidays: z.array(day).max(500).default([]),
    /** Days with special hours, "2026-12-30" or every year "12-30"; none = closed as on a holiday. */
    special: z.record(day, spans).default({}),
    /** Built-in public holidays of a country: days off, moved days and working Saturdays. */
    production: z.enum(productionCalendars).optional(),
    /** Days before a public holiday end one hour earlier (with a production calendar). */
    shortDays: z.boolean().optional(),
  })
  .strict();
export type Calendar = z.infer<typeof calendarSchema>;

/** Whether "2026-02-28" is a day, and "02-29" one of some year. */
function isDay(text: string): boolean {
  return /^(?:\d{4}-)?\d\d-\d\d$/.test(text) && readDate(text.length === 5 ? `2024-${text}` : text) !== null;
}

/**
 * A stored calendar without entries that older versions accepted but ignored (equal hours, a day "8",
 * 30 February). Null if it is not a calendar.
 */
export function usableCalendar(value: unknown): Calendar | null {
  const whole = calendarSchema.safeParse(value);
  if (whole.success) return whole.data;
  if (typeof value !== "object" || value === null) return null;
  const stored = value as Record<string, unknown>;
  const sound = (list: unknown) => (Array.isArray(list) ? list.filter((each) => span.safeParse(each).success) : []);
  const daysOf = (record: unknown, keep: (name: string) => boolean) =>
    Object.fromEntries(
      Object.entries((record as Record<string, unknown> | undefined) ?? {}).flatMap(([name, list]) => (keep(name) ? [[name, sound(list)]] : [])),
    );
  const pruned = {
    ...stored,
    week: daysOf(stored["week"], (name) => weekdays.some((each) => each === name)),
    holidays: Array.isArray(stored["holidays"]) ? stored["holidays"].filter((each) => typeof each === "string" && isDay(each)) : [],
    special: daysOf(stored["special"], isDay),
  };
  return calendarSchema.safeParse(pruned).data ?? null;
}

/** Whether an IANA time zone name is known. */
export function knownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
