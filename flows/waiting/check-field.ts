import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import type { ShownField } from "../commands.ts";
import { isoDate, isoTime, readDate, readTime } from "../schema/read-moment.ts";
import { readNumber } from "../language/read-number.ts";
import type { Value } from "../schema/values.ts";

type Kept = { value: Value } | null;

function date(text: string): Kept {
  const day = readDate(text);
  return day && { value: isoDate(day) };
}

function time(text: string): Kept {
  const clock = readTime(text);
  return clock && { value: isoTime(clock) };
}

/** A phone number as E.164; short and internal numbers are kept as typed. */
function phone(text: string, country: string): Kept {
  if (/^\d{2,6}$/.test(text)) return { value: text };
  if (!/^\+?[\d\s().-]{5,25}$/.test(text)) return null;
  const number = parsePhoneNumberFromString(text, country as CountryCode);
  return number?.isValid() ? { value: number.number } : null;
}

function number(text: string): Kept {
  const read = readNumber(text, null);
  return "value" in read ? { value: read.value } : null;
}

const byType: Readonly<Record<string, (text: string, country: string) => Kept>> = {
  number,
  money: number,
  date,
  time,
  datetime: (text) => (readDate(text) && readTime(text) ? { value: text } : date(text)),
  phone,
};

/** The operator's input in the format of the field type ("8 916 123-45-67" → "+79161234567"); null if it is not valid. Blank is valid for every field. */
export function checkField(field: ShownField, value: Value, country: string): Kept {
  if (value === null || value === "") return { value };
  if (field.options.length > 0) return field.options.some((option) => option.value === value) ? { value } : null;
  if (field.type === "boolean") return typeof value === "boolean" ? { value } : null;
  if (typeof value === "number" && (field.type === "number" || field.type === "money")) return Number.isFinite(value) ? { value } : null;
  const read = byType[field.type];
  if (!read) return typeof value === "object" ? null : { value };
  return typeof value === "string" ? read(value.trim(), country) : null;
}
