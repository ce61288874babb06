import { nowParts } from "../../language/zoned.ts";
import type { Calendar } from "../../schema/calendar.ts";
import { productionDay } from "../../schema/production-calendar.ts";

export type Opening = {
  state: "open" | "closed" | "holiday";
  /** Today has special hours. */
  special: boolean;
  /** Local time of the next opening, "2026-11-24T09:00", or null if there is none within a year. */
  next: string | null;
};

/** Whether a calendar is open at an instant, and when it opens next. Wall-clock arithmetic, so DST-safe. */
export function openingAt(calendar: Calendar, at: number): Opening {
  const now = nowParts(at, calendar.zone);
  const today = dayOf(calendar, now.date, now.weekday);
  const yesterday = dayOf(calendar, dayBefore(now.date), now.weekday === 1 ? 7 : now.weekday - 1);
  const owner = [
    today.spans.some((span) => span.from <= now.time && (isOvernight(span) || now.time < span.to)) ? today : null,
    nightOf(yesterday, now.time),
  ].find(Boolean);
  if (owner) return { state: "open", special: owner.special, next: `${now.date}T${now.time}` };
  const { special } = today;
  return { state: today.holiday ? "holiday" : "closed", special, next: nextOpening(calendar, now.date, now.weekday, now.time) };
}

type Span = { from: string; to: string };

/** Continues past midnight: it ends before it starts. */
const isOvernight = ({ from, to }: Span): boolean => to < from;

/** The previous day whose hours still continue at this time. */
const nightOf = (yesterday: Day, time: string): Day | null => (yesterday.spans.some((span) => isOvernight(span) && time < span.to) ? yesterday : null);

const dayBefore = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

type Day = { spans: Span[]; holiday: boolean; special: boolean };

/** Hours of one day: special days first, then holidays, then public holidays, then the week. */
function dayOf(calendar: Calendar, date: string, weekday: number): Day {
  const own = calendar.special[date] ?? calendar.special[date.slice(5)];
  if (own) return { spans: own, holiday: own.length === 0, special: own.length > 0 };
  const off = { spans: [], holiday: true, special: false };
  if (calendar.holidays.includes(date) || calendar.holidays.includes(date.slice(5))) return off;
  const official = calendar.production ? productionDay(calendar.production, date, weekday) : null;
  if (official?.kind === "off") return off;
  const spans = calendar.week[official?.kind === "working" ? "5" : String(weekday)] ?? [];
  return { spans: official?.short && calendar.shortDays ? shortened(spans) : spans, holiday: false, special: false };
}

/** The last interval ends one hour earlier; an interval of an hour or less is removed. */
function shortened(spans: readonly Span[]): Span[] {
  const last = spans.reduce<Span | null>((latest, span) => (latest === null || endOf(span) > endOf(latest) ? span : latest), null);
  if (!last) return [];
  const to = endOf(last) - 60;
  return spans.flatMap((span) => (span !== last ? [span] : to > minutesOf(span.from) ? [{ from: span.from, to: clockOf(to) }] : []));
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
/** Minutes from the midnight that the interval's day begins with. */
const endOf = (span: Span): number => minutesOf(span.to) + (isOvernight(span) ? 1_440 : 0);

function clockOf(minutes: number): string {
  const within = minutes > 1_440 ? minutes - 1_440 : minutes;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

function nextOpening(calendar: Calendar, date: string, weekday: number, time: string): string | null {
  let day = date;
  for (let ahead = 0; ahead < 366; ahead++) {
    const { spans } = dayOf(calendar, day, ((weekday - 1 + ahead) % 7) + 1);
    const starts = spans
      .map((span) => span.from)
      .filter((from) => ahead > 0 || from > time)
      .sort();
    if (starts[0]) return `${day}T${starts[0]}`;
    day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  }
  return null;
}
