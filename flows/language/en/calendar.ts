import { durationParts } from "../duration-parts.ts";
import { readDate, readTime } from "../iso.ts";
import { cardinal, ordinal } from "./number.ts";
import { plural } from "./plural.ts";

const months = "January February March April May June July August September October November December".split(" ");

/** November twenty-second, twenty twenty-six */
export function date(iso: string, options: { year?: boolean } = {}): string {
  const day = readDate(String(iso));
  if (!day) return String(iso);
  const words = `${months[day.month - 1]} ${ordinal(day.day)}`;
  return options.year === false ? words : `${words}, ${yearWords(day.year)}`;
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
