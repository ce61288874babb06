import { findPhoneNumbersInText, type CountryCode } from "libphonenumber-js";
import { isNumber, parseNumber } from "../../routing/normalize-number.ts";
import { unguarded } from "./typed-columns.ts";

/** The number in a cell and additional numbers in it, or the reason why there is none. */
export type PhoneCell = { phone: string; others: string[] } | { reason: string };

/** A phone number in a list: any format, with ".0" from a spreadsheet, several in one cell. */
export function readPhone(original: string, country: string): PhoneCell {
  const text = unguarded(original.trim());
  if (text === "") return { reason: "no phone number" };
  const whole = exactDigits(text);
  if (whole === null) return { reason: `"${original}" has lost its last digits in a spreadsheet: make the column text and export it again` };
  const parts = whole.split(/[,;|/\n]|(?<=\d)\s*(?=\+)|\s+(?:и|или|and|or)\s+/i);
  const [phone, ...others] = [...new Set(parts.flatMap((part) => numbersIn(part.trim(), country)))];
  return phone === undefined ? { reason: `"${original}" is not a phone number` } : { phone, others };
}

/** The number that a text is, or those that stand among its words: «моб. 8 916 123-45-67, после 18:00». Hours and codes beside a number are not glued to it. */
function numbersIn(text: string, country: string): string[] {
  const alone = /^[+\d\s().\u2010-\u2015-]+$/.test(text) ? parseNumber(text, country) : null;
  if (alone !== null) return [alone];
  return findPhoneNumbersInText(text, { defaultCountry: country as CountryCode, extended: true }).flatMap(({ number }) =>
    isNumber(number) ? [number.number] : [],
  );
}

/** Takes off what a spreadsheet adds: a fraction of zeros, a power of ten. Null when that has cost digits. */
function exactDigits(text: string): string | null {
  const scientific = /^\+?(\d+)(?:[.,](\d+))?e\+?(\d{1,2})$/i.exec(text);
  if (!scientific) return text.replace(/^(\+?\d{5,})[.,]0+$/, "$1");
  const [, head = "", tail = "", power = "0"] = scientific;
  const shift = Number(power) - tail.length;
  // Zeros would stand where digits have been.
  return shift > 0 ? null : shift === 0 ? head + tail : null;
}
