import { type DurationUnit, durationParts } from "../duration-parts.ts";
import { readDate, readTime } from "../iso.ts";
import type { Gender, GrammaticalCase } from "../say-as.ts";
import { cardinal } from "./cardinal.ts";
import { ordinal } from "./ordinal.ts";
import { plural } from "./plural.ts";

const months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");

const units: Record<DurationUnit, { gender: Gender; forms: readonly string[] }> = {
  day: { gender: "m", forms: ["день", "дня", "дней"] },
  hour: { gender: "m", forms: ["час", "часа", "часов"] },
  minute: { gender: "f", forms: ["минута", "минуты", "минут"] },
  second: { gender: "f", forms: ["секунда", "секунды", "секунд"] },
};

/** двадцать второе ноября две тысячи двадцать шестого года; in a case: двадцать второго ноября */
export function date(iso: string, options: { year?: boolean; case?: GrammaticalCase } = {}): string {
  const day = readDate(String(iso));
  if (!day) return String(iso);
  const words = `${ordinal(day.day, { gender: "n", case: options.case ?? "nom" })} ${months[day.month - 1]}`;
  return options.year === false ? words : `${words} ${yearGenitive(day.year)} года`;
}

/** Years are said without "одна": тысяча девятьсот девяносто девятого. */
function yearGenitive(year: number): string {
  return ordinal(year, { case: "gen" }).replace(/^одна тысяча /, "тысяча ");
}

/** девять часов пять минут; a full hour is said alone. */
export function time(hhmm: string): string {
  const clock = readTime(String(hhmm));
  if (!clock) return String(hhmm);
  const hours = count(clock.hours, "hour");
  return clock.minutes === 0 ? hours : `${hours} ${count(clock.minutes, "minute")}`;
}

/** один час две минуты пять секунд */
export function duration(seconds: number): string {
  const split = durationParts(seconds);
  if (!split) return String(seconds);
  const words = split.parts.map(([unit, n]) => count(n, unit)).join(" ");
  return split.negative ? `минус ${words}` : words;
}

function count(n: number, unit: DurationUnit): string {
  const { gender, forms } = units[unit];
  return `${cardinal(n, { gender })} ${plural(n, forms)}`;
}
