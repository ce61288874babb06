import { nowParts } from "../language/zoned.ts";
import { momentOf } from "./moment-of.ts";

/** Night and morning, day, evening. */
const usual = ["00:00", "12:00", "17:00"] as const;

/** The part of the day of a moment in a time zone: its number and the local time at which the next part starts. */
function partOf(at: number, zone: string, parts: readonly string[]): { part: number; date: string; next: string | null } {
  const { date, time } = nowParts(at, zone);
  const begun = parts.filter((begin) => begin <= time).length;
  // Before the first beginning it is still the last part, of the evening before.
  return { part: (begun + parts.length - 1) % parts.length, date, next: parts[begun] ?? null };
}

/** The first moment at or after `at` that is in another part of the day than `last`. `parts`: where they begin, "HH:MM", in any order. */
export function inOtherDayPart(at: number, last: number, zone: string, parts: readonly string[] = usual): number {
  const sorted = [...new Set(parts)].sort();
  if (sorted.length < 2) return at;
  const before = partOf(last, zone, sorted).part;
  let moment = at;
  for (let turn = 0; turn <= sorted.length + 1; turn++) {
    const { part, date, next } = partOf(moment, zone, sorted);
    if (part !== before) return moment;
    const nextDate = next === null ? new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10) : date;
    const begins = momentOf(`${nextDate}T${next ?? sorted[0]}`, zone) ?? moment;
    if (begins <= moment) return moment;
    moment = begins;
  }
  return moment;
}
