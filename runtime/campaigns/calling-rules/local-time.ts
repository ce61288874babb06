import { nowParts } from "../../../flows/language/zoned.ts";

/** An instant by the wall clock of a zone. `offset` is local minus UTC, `msOfDay` since local midnight by that clock; all in ms. */
export type LocalTime = { date: string; weekday: number; msOfDay: number; offset: number };

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** Clocks change on quarters of an hour only; what an offset was is not asked twice. */
const slotMs = 15 * minuteMs;
const slotsKept = 5_000;
const offsets = new Map<string, Map<number, number>>();

export function localTime(at: number, zone: string): LocalTime {
  const offset = offsetAt(at, zone);
  const local = at + offset;
  const day = Math.floor(local / dayMs);
  return { date: dateOf(day), weekday: ((day + 3) % 7) + 1, msOfDay: local - day * dayMs, offset };
}

const dates = new Map<number, string>();

/** "2026-11-23" of a day counted from the epoch. */
function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size >= slotsKept) dates.clear();
    dates.set(day, (date = new Date(day * dayMs).toISOString().slice(0, 10)));
  }
  return date;
}

function offsetAt(at: number, zone: string): number {
  const slot = Math.floor(at / slotMs);
  let known = offsets.get(zone);
  if (!known) offsets.set(zone, (known = new Map()));
  const kept = known.get(slot);
  if (kept !== undefined) return kept;
  const { date, hour, minute } = nowParts(slot * slotMs, zone);
  const offset = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * minuteMs - slot * slotMs;
  if (known.size >= slotsKept) known.clear();
  known.set(slot, offset);
  return offset;
}
