import { localTime } from "./local-time.ts";

/** Minutes of a local day in which calls are allowed: from (inclusive) to (exclusive), 0–1440. */
export type Minutes = readonly [from: number, to: number];
/** Open minutes of a local day, by its date "2026-11-23" and weekday (1 = Monday). */
export type HoursOf = (date: string, weekday: number) => readonly Minutes[];

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

export const isOpen = (at: number, zone: string, hoursOf: HoursOf): boolean => {
  const { date, weekday, msOfDay } = localTime(at, zone);
  return hoursOf(date, weekday).some(([from, to]) => from * minuteMs <= msOfDay && msOfDay < to * minuteMs);
};

/**
 * The first moment at or after `from`, and not after `limit`, at which hours are open by the wall clock of the zone; null when
 * there is none. Exact through clock changes: between two of them local time runs evenly, so the next opening is a sum; a change
 * on the way is found by bisection and looked at itself.
 */
export function nextOpening(from: number, zone: string, hoursOf: HoursOf, limit: number): number | null {
  let at = from;
  while (at <= limit) {
    const now = localTime(at, zone);
    if (isOpen(at, zone, hoursOf)) return at;
    const later = hoursOf(now.date, now.weekday)
      .map(([opens]) => opens * minuteMs)
      .filter((opens) => opens > now.msOfDay);
    const edge = at + Math.min(dayMs, ...later) - now.msOfDay;
    at = localTime(edge, zone).offset === now.offset ? edge : offsetChange(at, edge, zone);
  }
  return null;
}

/** The first moment in (from, to] with another offset than at `from`. */
function offsetChange(from: number, to: number, zone: string): number {
  const { offset } = localTime(from, zone);
  let before = from;
  let after = to;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localTime(middle, zone).offset === offset) before = middle;
    else after = middle;
  }
  return after;
}
