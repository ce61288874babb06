import { momentOf } from "../../../flows/strategy/moment-of.ts";
import { localTime } from "./local-time.ts";
import type { Period } from "../../../flows/strategy/calling-rule.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The first moment at or after `at` at which one more call keeps to `max` in the period. Rolling: the window is (moment − hours,
 * moment]. Calendar: days, weeks from Monday and months of the wall clock of `zone`.
 */
export function capFreeAt(at: number, calls: readonly number[], max: number, period: Period, zone: string): number {
  if ("rollingHours" in period) return rollingFreeAt(at, calls, max, period.rollingHours * hourMs);
  const first = startOfPeriod(localTime(at, zone).date, period.calendar);
  const inPeriod = calls.filter((call) => startOfPeriod(localTime(call, zone).date, period.calendar) === first).length;
  return inPeriod < max ? at : startOfDay(nextPeriod(first, period.calendar), zone);
}

function rollingFreeAt(at: number, calls: readonly number[], max: number, windowMs: number): number {
  const counted = calls.filter((call) => at - call < windowMs).sort((a, b) => a - b);
  return counted.length < max ? at : counted[counted.length - max]! + windowMs;
}

/** First day of the period a date is in. */
function startOfPeriod(date: string, calendar: "day" | "week" | "month"): string {
  if (calendar === "day") return date;
  if (calendar === "month") return `${date.slice(0, 7)}-01`;
  const weekday = (new Date(Date.parse(date)).getUTCDay() + 6) % 7;
  return shifted(date, -weekday);
}

function nextPeriod(first: string, calendar: "day" | "week" | "month"): string {
  if (calendar === "month") return startOfPeriod(shifted(first, 31), "month");
  return shifted(first, calendar === "day" ? 1 : 7);
}

const shifted = (date: string, days: number): string => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

/** The first instant of a local day; where the clock skips midnight, the instant it skips to. */
function startOfDay(date: string, zone: string): number {
  let at = momentOf(date, zone) ?? Date.parse(date);
  while (localTime(at, zone).date < date) at += hourMs;
  const { msOfDay } = localTime(at, zone);
  return localTime(at - msOfDay, zone).date === date ? at - msOfDay : at;
}
