import { productionDay } from "../../../flows/schema/production-calendar.ts";
import type { HoursOf, Minutes } from "./open-hours.ts";
import type { ParameterOf } from "../../../flows/strategy/calling-rule.ts";

type Hours = ParameterOf<"hours">;

/** Open minutes of every local day by the hours of a rule: weekday, public holiday, production calendar. */
export function hoursOfRule(hours: Hours): HoursOf {
  const week = weekOf(hours.week);
  const holiday = hours.holidays?.hours.map(minutesOf) ?? [];
  const off = hours.production?.off.map(minutesOf) ?? [];
  return (date, weekday) => {
    if (hours.holidays && isHoliday(date, hours.holidays.days)) return holiday;
    const kind = hours.production ? productionDay(hours.production.country, date, weekday).kind : "usual";
    if (kind === "off") return off;
    return week[kind === "working" ? 1 : weekday] ?? [];
  };
}

/** "1-5": ["09:00-18:00"] → minutes by weekday. */
function weekOf(week: Hours["week"]): Record<number, Minutes[]> {
  const days: Record<number, Minutes[]> = {};
  for (const [key, hours] of Object.entries(week)) {
    const [first, last = first] = key.split("-").map(Number);
    for (let weekday = first!; weekday <= last!; weekday++) days[weekday] = hours.map(minutesOf);
  }
  return days;
}

/** "09:00-18:00" → [540, 1080]. */
export function minutesOf(span: string): Minutes {
  const [from, to] = span.split("-").map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5)));
  return [from!, to!];
}

/** Whether "2026-04-06" is one of the days "MM-DD" or "easter+1". */
export function isHoliday(date: string, days: readonly string[]): boolean {
  const year = Number(date.slice(0, 4));
  return days.some((day) => (day.startsWith("easter") ? date === shifted(easter(year), Number(day.slice(6))) : date.slice(5) === day));
}

const shifted = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Western Easter Sunday of a Gregorian year (Meeus, Astronomical Algorithms, ch. 8). */
export function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const day = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(day / 31)).padStart(2, "0")}-${String((day % 31) + 1).padStart(2, "0")}`;
}
