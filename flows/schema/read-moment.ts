export type CalendarDate = { year: number; month: number; day: number };
export type ClockTime = { hours: number; minutes: number };
/** A day, a time of day, or both; `offset` is minutes east of UTC, only where both are written. */
export type Moment = { date: CalendarDate | null; time: ClockTime | null; offset: number | null };

const day = String.raw`(?<iso>\d{4}-\d{2}-\d{2})|(?<dotted>\d{1,2}\.\d{1,2}\.\d{4})`;
const clock = String.raw`(?<hours>\d{1,2}):(?<minutes>\d{2})(?::(?<seconds>\d{2})(?:\.\d+)?)?`;
const offsets = String.raw`(?:Z|(?<sign>[+-])(?<east>\d{2})(?::?(?<rest>\d{2}))?)`;
const written = new RegExp(String.raw`^(?:(?:${day})(?:(?:[T ]|, ?)${clock}(?: ?(?<offset>${offsets}))?)?)$`, "i");
const clockAlone = new RegExp(`^${clock}$`);
const latestHour = 24;
/** Offsets of the inhabited world: UTC−12 to UTC+14 (IANA time zone database). */
const furthest = { "-": 12 * 60, "+": 14 * 60 } as const;

/**
 * Reads a date, a time or both as ISO 8601 and Russians write them: "2026-11-23", "23.11.2026 9:05", "09:05",
 * "2026-11-23T09:05:00+03:00". The one parser of moments for texts, expressions, forms and imports. Seconds are read and
 * dropped. 24:00 is the midnight that begins the next day. Null for what does not exist: 30 February, 25:00, "9:5".
 */
export function readMoment(text: string): Moment | null {
  const trimmed = text.trim();
  const match = (clockAlone.exec(trimmed) ?? written.exec(trimmed))?.groups;
  if (!match) return null;
  const date = dateOf(match);
  const time = match["hours"] === undefined ? null : timeOf(match);
  const offset = match["offset"] === undefined ? null : offsetOf(match);
  if (date === "none" || time === "none" || offset === "none") return null;
  if (time?.hours !== latestHour) return { date, time, offset };
  return { date: date && dayAfter(date), time: { hours: 0, minutes: 0 }, offset };
}

/** The day of a date or of a moment, as it stands; null when there is none. */
export const readDate = (text: string): CalendarDate | null => readMoment(text)?.date ?? null;

/** The time of a clock or of a moment, as it stands; null when there is none. */
export const readTime = (text: string): ClockTime | null => readMoment(text)?.time ?? null;

/** Whether a text is figures and signs alone, so that it means a number or a moment and is no word. */
export const isFigures = (text: string): boolean => /\d/.test(text) && !/\p{L}/u.test(text.replace(/(?<=\d)[TZ](?=\d|$)/gi, ""));

/** "2026-11-23", "09:05" or "2026-11-23T09:05": a moment as ISO 8601 writes it, without its offset. */
export function isoMoment({ date, time }: Pick<Moment, "date" | "time">): string {
  const parts = [date && isoDate(date), time && isoTime(time)];
  return parts.filter((part) => part !== null).join("T");
}
export const isoDate = ({ year, month, day: of }: CalendarDate): string => `${String(year).padStart(4, "0")}-${two(month)}-${two(of)}`;
export const isoTime = ({ hours, minutes }: ClockTime): string => `${two(hours)}:${two(minutes)}`;
const two = (n: number): string => String(n).padStart(2, "0");

/** Milliseconds since the epoch of a moment on the clock of Greenwich, whatever its offset; a date alone is its midnight. */
export const asUtc = ({ date, time }: Moment): number => Date.parse(`${isoMoment({ date, time: time ?? { hours: 0, minutes: 0 } })}:00Z`);

type Groups = Readonly<Record<string, string | undefined>>;

function dateOf({ iso, dotted }: Groups): CalendarDate | null | "none" {
  if (iso === undefined && dotted === undefined) return null;
  const [year, month, of] = (iso ? iso.split("-") : dotted!.split(".").reverse()).map(Number) as [number, number, number];
  const real = year >= 1 && month >= 1 && month <= 12 && of >= 1 && of <= daysIn(year, month);
  return real ? { year, month, day: of } : "none";
}

function timeOf(groups: Groups): ClockTime | "none" {
  const [hours, minutes, seconds] = [groups["hours"], groups["minutes"], groups["seconds"] ?? "0"].map(Number) as [number, number, number];
  const real = hours < latestHour || (hours === latestHour && minutes === 0 && seconds === 0);
  return real && minutes <= 59 && seconds <= 59 ? { hours, minutes } : "none";
}

function offsetOf({ sign, east, rest = "0" }: Groups): number | "none" {
  if (sign === undefined) return 0;
  const minutes = Number(east) * 60 + Number(rest);
  if (Number(rest) > 59 || minutes > furthest[sign as "+" | "-"]) return "none";
  return sign === "-" ? -minutes : minutes;
}

function dayAfter({ year, month, day: of }: CalendarDate): CalendarDate {
  if (of < daysIn(year, month)) return { year, month, day: of + 1 };
  return month < 12 ? { year, month: month + 1, day: 1 } : { year: year + 1, month: 1, day: 1 };
}

/** 1 is Monday, 7 is Sunday (ISO 8601). Zeller's congruence, so no clock and no time zone take part. */
export function weekdayOf({ year, month, day: of }: CalendarDate): number {
  const [y, m] = month < 3 ? [year - 1, month + 12] : [year, month];
  const fromSaturday = (of + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return ((fromSaturday + 5) % 7) + 1;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
