import { currencySigns } from "../currency-signs.ts";
import type { DurationUnit } from "../duration-parts.ts";
import { readDate, readTime } from "../../schema/read-moment.ts";
import type { DateOptions, SayAs } from "../say-as.ts";
import { asWritten, figures, shownDuration, sumParts } from "../shown.ts";
import { type NumberMarks, writtenDecimal } from "../written-number.ts";
import { writtenPhone } from "../written-phone.ts";
import { months, weekday, withWeekday } from "./calendar.ts";
import { joined } from "./joined.ts";
import { plural } from "./plural.ts";

const marks: NumberMarks = { group: ",", point: "." };
const unitSigns: Record<DurationUnit, string> = { day: "d", hour: "h", minute: "min", second: "s" };
/** Currencies whose sign English readers know; the others are written by code: RUB 21.50. */
const knownSigns = new Set(["USD", "EUR", "GBP", "JPY"]);

const number = (n: number): string => figures(n, marks);

/** 3rd, 22nd, 113th */
function ordinalFigure(n: number): string {
  if (!Number.isSafeInteger(n)) return String(n);
  const [last, lastTwo] = [Math.abs(n) % 10, Math.abs(n) % 100];
  const ending = lastTwo >= 11 && lastTwo <= 13 ? "th" : (["th", "st", "nd", "rd"][last] ?? "th");
  return `${n}${ending}`;
}

/** $1,250.50; a whole sum has no cents. */
function money(amount: number, code: string): string {
  const sum = sumParts(amount, code);
  if (!sum) return String(amount);
  const { currency, negative, whole, fraction } = sum;
  const figure = writtenDecimal({ negative: false, whole, fraction }, marks);
  return (negative ? "-" : "") + (knownSigns.has(currency) ? `${currencySigns[currency]}${figure}` : `${currency} ${figure}`.trim());
}

/** November 22, 2026 */
function date(iso: string, options: DateOptions = {}): string {
  const day = readDate(String(iso));
  if (!day) return String(iso);
  return withWeekday(iso, `${months[day.month - 1]} ${day.day}${options.year === false ? "" : `, ${day.year}`}`, options);
}

/** 9:05 AM */
function time(hhmm: string): string {
  const clock = readTime(String(hhmm));
  return clock ? `${clock.hours % 12 || 12}:${String(clock.minutes).padStart(2, "0")} ${clock.hours < 12 ? "AM" : "PM"}` : String(hhmm);
}

/** English for reading. */
export const englishShown: SayAs = {
  cardinal: number,
  ordinal: ordinalFigure,
  count: (n, forms) => `${number(n)} ${plural(n, forms)}`.trim(),
  digits: asWritten,
  code: asWritten,
  money,
  date,
  weekday,
  time,
  duration: (seconds) => shownDuration(seconds, unitSigns, marks),
  phone: (text) => writtenPhone(String(text)) ?? String(text),
  plural,
  joined,
};
