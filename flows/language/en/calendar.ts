import { durationParts } from "../duration-parts.ts";
import { readDate, readTime, weekdayOf } from "../../schema/read-moment.ts";
import type { DateOptions } from "../say-as.ts";
import { cardinal, ordinal } from "./number.ts";
import { plural } from "./plural.ts";

export const months = "January February March April May June July August September October November December".split(" ");

const weekdays = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

/** November twenty-second, twenty twenty-six */
export function date(iso: string, options: DateOptions = {}): string {
  const day = readDate(String(iso));
  if (!day) return String(iso);
  const words = `${months[day.month - 1]} ${ordinal(day.day)}`;
  return withWeekday(iso, options.year === false ? words : `${words}, ${yearWords(day.year)}`, options);
}

/** "Sunday, …" before a date already put in words or figures. */
export function withWeekday(iso: string, dated: string, options: DateOptions): string {
  return options.weekday ? `${weekday(iso)}, ${dated}` : dated;
}

export function weekday(iso: string): string {
  const day = readDate(String(iso));
  return day ? weekdays[weekdayOf(day) - 1]! : String(iso);
}

/** nineteen oh five, nineteen hundred, two thousand nine, twenty twenty-six */
function yearWords(year: number): string {
  const [century, rest] = [Math.floor(year / 100), year % 100];
  if (year < 1000 || (century % 10 === 0 && rest < 10)) return cardinal(year);
  if (rest === 0) return `${cardinal(century)} hundred`;
  return `${cardinal(century)} ${rest < 10 ? "oh " : ""}${cardinal(rest)}`;
}

/** nine oh five AM, three PM, noon, midnight */
export function time(hhmm: string): string {
  const clock = readTime(String(hhmm));
  if (!clock) return String(hhmm);
  const { hours, minutes } = clock;
  if (minutes === 0 && hours % 12 === 0) return hours === 0 ? "midnight" : "noon";
  const words = [cardinal(hours % 12 || 12)];
  if (minutes > 0) words.push(minutes < 10 ? `oh ${cardinal(minutes)}` : cardinal(minutes));
  return [...words, hours < 12 ? "AM" : "PM"].join(" ");
}

/** one hour two minutes five seconds */
export function duration(seconds: number): string {
  const split = durationParts(seconds);
  if (!split) return String(seconds);
  const words = split.parts.map(([unit, n]) => `${cardinal(n)} ${plural(n, [unit, `${unit}s`])}`).join(" ");
  return split.negative ? `minus ${words}` : words;
}
