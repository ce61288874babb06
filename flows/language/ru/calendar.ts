import { type DurationUnit, durationParts } from "../duration-parts.ts";
import { readDate, readTime, weekdayOf } from "../../schema/read-moment.ts";
import type { DateOptions, GrammaticalCase } from "../say-as.ts";
import { counted } from "./counted.ts";
import { type CaseForms, caseIndex } from "./numerals.ts";
import { ordinal } from "./ordinal.ts";

/** Months as they stand after a day. */
export const months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");

const units: Record<DurationUnit, readonly string[]> = {
  day: ["день", "дня", "дней"],
  hour: ["час", "часа", "часов"],
  minute: ["минута", "минуты", "минут"],
  second: ["секунда", "секунды", "секунд"],
};

const weekdays: readonly CaseForms[] = [
  ["понедельник", "понедельника", "понедельнику", "понедельник", "понедельником", "понедельнике"],
  ["вторник", "вторника", "вторнику", "вторник", "вторником", "вторнике"],
  ["среда", "среды", "среде", "среду", "средой", "среде"],
  ["четверг", "четверга", "четвергу", "четверг", "четвергом", "четверге"],
  ["пятница", "пятницы", "пятнице", "пятницу", "пятницей", "пятнице"],
  ["суббота", "субботы", "субботе", "субботу", "субботой", "субботе"],
  ["воскресенье", "воскресенья", "воскресенью", "воскресенье", "воскресеньем", "воскресенье"],
];

/** двадцать второе ноября две тысячи двадцать шестого года; in a case: двадцать второго ноября */
export function date(iso: string, options: DateOptions = {}): string {
  const day = readDate(String(iso));
  if (!day) return String(iso);
  const words = `${ordinal(day.day, { gender: "n", case: options.case ?? "nom" })} ${months[day.month - 1]}`;
  const dated = options.year === false ? words : `${words} ${yearGenitive(day.year)} года`;
  return withWeekday(iso, dated, options);
}

/** «воскресенье, …» before a date already put in words or figures. */
export function withWeekday(iso: string, dated: string, options: DateOptions): string {
  if (!options.weekday) return dated;
  const grammaticalCase = options.weekday === true ? options.case : options.weekday;
  return `${weekday(iso, { case: grammaticalCase ?? "nom" })}, ${dated}`;
}

/** среда, в среду, к среде */
export function weekday(iso: string, options: { case?: GrammaticalCase } = {}): string {
  const day = readDate(String(iso));
  return day ? weekdays[weekdayOf(day) - 1]![caseIndex[options.case ?? "nom"]]! : String(iso);
}

/** Years are said without "одна": тысяча девятьсот девяносто девятого. */
function yearGenitive(year: number): string {
  return ordinal(year, { case: "gen" }).replace(/^одна тысяча /, "тысяча ");
}

/** девять часов пять минут; a full hour is said alone. */
export function time(hhmm: string, options: { case?: GrammaticalCase } = {}): string {
  const clock = readTime(String(hhmm));
  if (!clock) return String(hhmm);
  const hours = counted(clock.hours, units.hour, options);
  return clock.minutes === 0 ? hours : `${hours} ${counted(clock.minutes, units.minute, options)}`;
}

/** один час две минуты пять секунд; через одну минуту */
export function duration(seconds: number, options: { case?: GrammaticalCase } = {}): string {
  const split = durationParts(seconds);
  if (!split) return String(seconds);
  const words = split.parts.map(([unit, n]) => counted(n, units[unit], options)).join(" ");
  return split.negative ? `минус ${words}` : words;
}
