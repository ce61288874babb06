import { parseNumber } from "../../routing/normalize-number.ts";
import { unguarded } from "./typed-columns.ts";

/** The number in a cell and additional numbers in it, or the reason why there is none. */
export type PhoneCell = { phone: string; others: string[] } | { reason: string };

/** A phone number in a list: any format, with ".0" from a spreadsheet, several in one cell. */
export function readPhone(original: string, country: string): PhoneCell {
  const text = unguarded(original.trim());
  if (text === "") return { reason: "no phone number" };
  const whole = exactDigits(text);
  if (whole === null) return { reason: `"${original}" lost its last digits in a spreadsheet: format the column as text and export it again` };
  const parts = whole.split(/[,;|/\n]|\s+(?:и|или|and|or)\s+/i).flatMap((part) => (/\d{5}|(\d\D*){7}/.test(part) ? [part] : []));
  const found = parts.length > 1 ? parts.map((part) => parseNumber(part.trim(), country)) : [parseNumber(whole, country)];
  const [phone, ...others] = [...new Set(found.filter((number): number is string => number !== null))];
  return phone === undefined ? { reason: `"${original}" is not a phone number` } : { phone, others };
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
