export type CalendarDate = { year: number; month: number; day: number };
export type ClockTime = { hours: number; minutes: number };

const datePattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;
/** As Russians write it: 23.11.2026. */
const dottedPattern = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? .*)?$/;
const timePattern = /^(?:(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4},?)[T ])?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)? ?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** The written day of `2026-11-23`, `23.11.2026` or a datetime; null when there is no such day. */
export function readDate(text: string): CalendarDate | null {
  const iso = datePattern.exec(text.trim());
  const dotted = iso ? null : dottedPattern.exec(text.trim());
  if (!iso && !dotted) return null;
  const [year, month, day] = (iso ? [iso[1], iso[2], iso[3]] : [dotted![3], dotted![2], dotted![1]]).map(Number) as [number, number, number];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return { year, month, day };
}

/** The written time of `hh:mm` or of a datetime; null when there is no such time. */
export function readTime(text: string): ClockTime | null {
  const match = timePattern.exec(text.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours > 23 || minutes > 59 ? null : { hours, minutes };
}

/** `24:00`, the end of a day (ISO 8601), as the `00:00` that it is. */
export const endOfDayAsMidnight = (text: string): string => text.replace(/^((?:.*[T ])?)24:00(?::00)?$/, "$100:00");

const figures = /^(?:\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}:\d{1,2}(?::\d{1,2})?)(?:[T ,].*)?$/;
const standard = /^(?:\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{2}:\d{2}(?::\d{2})?)$/;

/**
 * Whether a text is a date or a time in figures of a form that is not read: "9:5", "11/23/2026". It is refused, because
 * it may mean two moments. A day or an hour that does not exist ("2026-02-30") is in the right form and said as written.
 */
export const isUnreadMoment = (text: string): boolean => figures.test(text.trim()) && !standard.test(text.trim());

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
