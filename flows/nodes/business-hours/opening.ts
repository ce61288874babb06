import { nowParts } from "../../compile/context.ts";
import type { Calendar } from "../../schema/calendar.ts";

export type Opening = {
  state: "open" | "closed" | "holiday";
  /** Local wall-clock time of the next opening, "2026-11-24T09:00", or null when none in a year. */
  next: string | null;
};

/** Whether a calendar is open at an instant, and when it opens next. Wall-clock arithmetic, so DST-safe. */
export function openingAt(calendar: Calendar, at: number): Opening {
  const now = nowParts(at, calendar.zone);
  const today = spansOf(calendar, now.date, now.weekday);
  const open = today.spans.some((span) => span.from <= now.time && now.time < span.to);
  if (open) return { state: "open", next: `${now.date}T${now.time}` };
  return { state: today.holiday ? "holiday" : "closed", next: nextOpening(calendar, now.date, now.weekday, now.time) };
}

type Span = { from: string; to: string };

function spansOf(calendar: Calendar, date: string, weekday: number): { spans: Span[]; holiday: boolean } {
  const special = calendar.special[date];
  if (special) return { spans: special, holiday: special.length === 0 };
  if (calendar.holidays.includes(date) || calendar.holidays.includes(date.slice(5))) return { spans: [], holiday: true };
  return { spans: (calendar.week as Record<string, Span[]>)[String(weekday)] ?? [], holiday: false };
}

function nextOpening(calendar: Calendar, date: string, weekday: number, time: string): string | null {
  let day = date;
  for (let ahead = 0; ahead < 366; ahead++) {
    const { spans } = spansOf(calendar, day, ((weekday - 1 + ahead) % 7) + 1);
    const starts = spans
      .map((span) => span.from)
      .filter((from) => ahead > 0 || from > time)
      .sort();
    if (starts[0]) return `${day}T${starts[0]}`;
    day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  }
  return null;
}
