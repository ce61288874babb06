import { expect, test } from "vitest";
import { openingAt } from "../../flows/nodes/business-hours/opening.ts";
import { calendarSchema } from "../../flows/schema/calendar.ts";
import { productionDay } from "../../flows/schema/production-calendar.ts";

const weekdayOf = (date: string): number => ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
const on = (date: string) => productionDay("ru", date, weekdayOf(date));

/** The decrees of 2024–2026 by well-known days, then what the Labour Code gives for years without one. */
const days: [date: string, kind: "off" | "working" | "usual", short?: "short"][] = [
  ["2024-01-08", "off"],
  ["2024-01-09", "usual"],
  ["2024-02-22", "usual", "short"],
  ["2024-04-27", "working"],
  ["2024-04-29", "off"],
  ["2024-04-30", "off"],
  ["2024-05-10", "off"],
  ["2024-11-02", "working", "short"],
  ["2024-12-28", "working"],
  ["2024-12-30", "off"],
  ["2024-12-31", "off"],
  ["2025-01-08", "off"],
  ["2025-01-09", "usual"],
  ["2025-02-24", "usual"],
  ["2025-03-10", "usual"],
  ["2025-04-30", "usual", "short"],
  ["2025-05-02", "off"],
  ["2025-05-08", "off"],
  ["2025-06-13", "off"],
  ["2025-11-01", "working", "short"],
  ["2025-11-03", "off"],
  ["2025-12-31", "off"],
  ["2026-01-09", "off"],
  ["2026-01-12", "usual"],
  ["2026-03-09", "off"],
  ["2026-05-11", "off"],
  ["2026-06-11", "usual", "short"],
  ["2026-11-03", "usual", "short"],
  ["2026-12-31", "off"],
  // Without a decree: 1 and 9 May 2027 and 12 June 2027 fall on weekends and move to the Monday after.
  ["2027-01-08", "off"],
  ["2027-05-03", "off"],
  ["2027-05-04", "usual"],
  ["2027-05-10", "off"],
  ["2027-06-14", "off"],
  ["2027-11-03", "usual", "short"],
  ["2027-12-31", "usual", "short"],
  ["2028-06-12", "off"],
  ["2028-06-13", "usual"],
];
test.each(days)("%s is %s %s", (date, kind, short) => expect(on(date)).toEqual({ kind, short: short === "short" }));

/** Working days of a five-day week, as the production calendars of the Ministry of Labour count them. */
test.each([
  ["2024", 248],
  ["2025", 247],
  ["2026", 247],
])("%s has %i working days", (year, expected) => {
  let working = 0;
  for (let at = Date.parse(`${year}-01-01T00:00:00Z`); new Date(at).getUTCFullYear() === Number(year); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const { kind } = on(date);
    if (kind === "working" || (kind === "usual" && weekdayOf(date) < 6)) working += 1;
  }
  expect(working).toBe(expected);
});

const round = [{ from: "00:00", to: "24:00" }];
const calendar = calendarSchema.parse({
  zone: "Europe/Moscow",
  production: "ru",
  shortDays: true,
  week: {
    "1": [{ from: "09:00", to: "18:00" }],
    "2": [{ from: "09:00", to: "10:00" }],
    "4": [
      { from: "09:00", to: "13:00" },
      { from: "14:00", to: "18:00" },
    ],
    "5": round,
  },
});
test.each([
  ["the last interval ends an hour earlier", "2026-04-30T17:30:00+03:00", "closed"],
  ["an earlier interval stays", "2026-04-30T12:30:00+03:00", "open"],
  ["round the clock ends at 23:00", "2026-05-08T23:30:00+03:00", "closed"],
  ["one hour or less is gone", "2026-11-03T09:30:00+03:00", "closed"],
  ["New Year's Eve is a day off", "2026-12-31T10:00:00+03:00", "holiday"],
])("a day before a holiday: %s", (_title, now, state) => expect(openingAt(calendar, Date.parse(now)).state).toBe(state));
