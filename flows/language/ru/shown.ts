import { currencySigns } from "../currency-signs.ts";
import type { DurationUnit } from "../duration-parts.ts";
import { readDate, readTime } from "../../schema/read-moment.ts";
import type { DateOptions, SayAs } from "../say-as.ts";
import { asWritten, figures, shownDuration, sumParts } from "../shown.ts";
import { type NumberMarks, writtenDecimal } from "../written-number.ts";
import { writtenPhone } from "../written-phone.ts";
import { months, weekday, withWeekday } from "./calendar.ts";
import { joined } from "./joined.ts";
import { agreedNoun } from "./noun.ts";
import { ordinal, type OrdinalOptions } from "./ordinal.ts";

const marks: NumberMarks = { group: " ", point: "," };
const unitSigns: Record<DurationUnit, string> = { day: "д", hour: "ч", minute: "мин", second: "с" };

const number = (n: number): string => figures(n, marks);

/** 3-я, 22-го: one letter after a vowel, two after a consonant (Мильчин, «Справочник издателя и автора», 6.2.4). */
function ordinalFigure(n: number, options: OrdinalOptions = {}): string {
  const word = ordinal(n, options);
  return Number.isSafeInteger(n) ? `${n}-${/[аеёиоуыэюяь].$/.test(word) ? word.slice(-1) : word.slice(-2)}` : word;
}

/** 1 250,50 ₽; a whole sum has no kopecks. */
function money(amount: number, code: string): string {
  const sum = sumParts(amount, code);
  if (!sum) return String(amount);
  const { currency, negative, whole, fraction } = sum;
  return `${writtenDecimal({ negative, whole, fraction }, marks)} ${currencySigns[currency] ?? currency}`.trim();
}

/** 22 ноября 2026 */
function date(iso: string, options: DateOptions = {}): string {
  const day = readDate(String(iso));
  if (!day) return String(iso);
  return withWeekday(iso, `${day.day} ${months[day.month - 1]}${options.year === false ? "" : ` ${day.year}`}`, options);
}

/** 09:05 */
function time(hhmm: string): string {
  const clock = readTime(String(hhmm));
  return clock ? `${String(clock.hours).padStart(2, "0")}:${String(clock.minutes).padStart(2, "0")}` : String(hhmm);
}

/** Russian for the eye: figures, signs, nouns that agree. */
export const russianShown: SayAs = {
  cardinal: number,
  ordinal: ordinalFigure,
  count: (n, forms, options) => `${number(n)} ${agreedNoun(n, forms, options)}`.trim(),
  digits: asWritten,
  code: asWritten,
  money,
  date,
  weekday,
  time,
  duration: (seconds) => shownDuration(seconds, unitSigns, marks),
  phone: (text) => writtenPhone(String(text)) ?? String(text),
  plural: agreedNoun,
  joined,
};
