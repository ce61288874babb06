export type CalendarDate = { year: number; month: number; day: number };
export type ClockTime = { hours: number; minutes: number };

const datePattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;
const timePattern = /^(?:\d{4}-\d{2}-\d{2}[T ])?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/** The written day of an ISO date or datetime; null when there is no such day. */
export function readDate(text: string): CalendarDate | null {
  const match = datePattern.exec(text.trim());
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return { year, month, day };
}

/** The written time of `hh:mm` or of an ISO datetime; null when there is no such time. */
export function readTime(text: string): ClockTime | null {
  const match = timePattern.exec(text.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours > 23 || minutes > 59 ? null : { hours, minutes };
}

/** 1 is Monday, 7 is Sunday (ISO 8601). Zeller's congruence, so no clock and no time zone take part. */
export function weekdayOf({ year, month, day }: CalendarDate): number {
  const [y, m] = month < 3 ? [year - 1, month + 12] : [year, month];
  const fromSaturday = (day + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return ((fromSaturday + 5) % 7) + 1;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
