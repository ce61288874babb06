import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import { matchesPattern } from "./pattern.ts";

/** Checks on collected digits, frozen when the question is asked. */
export type Validation =
  | { kind: "none" }
  | { kind: "range"; from: number; to: number }
  | { kind: "list"; values: string[] }
  | { kind: "luhn" }
  | { kind: "pattern"; pattern: string }
  /** A dialable number of the region, or international with 8-10 or 00 before it. */
  | { kind: "phone"; region: string }
  /** DDMM or DDMMYYYY. */
  | { kind: "date" };

/** True when `digits` passes. Pure; digits are at most `limits.digits` long. */
export function validDigits(digits: string, validation: Validation): boolean {
  if (validation.kind === "none") return true;
  if (validation.kind === "pattern") return matchesPattern(digits, validation.pattern);
  if (validation.kind === "phone") return phoneOf(digits, validation.region) !== null;
  if (!/^\d+$/.test(digits)) return false;
  if (validation.kind === "range") return Number(digits) >= validation.from && Number(digits) <= validation.to;
  if (validation.kind === "list") return validation.values.includes(digits);
  return validation.kind === "luhn" ? luhn(digits) : calendarDate(digits);
}

/** The E.164 form of typed digits, or null when they are no possible number. */
export function phoneOf(digits: string, region: string): string | null {
  if (!/^\d{3,15}$/.test(digits)) return null;
  const international = region === "RU" && digits.startsWith("810") ? `+${digits.slice(3)}` : digits.startsWith("00") ? `+${digits.slice(2)}` : digits;
  const number = parsePhoneNumberFromString(international, region as CountryCode);
  return number?.isValid() ? number.number : null;
}

/** The saved form of accepted digits: a phone number in E.164, a date with its year as ISO 8601, anything else as typed. */
export function keptValue(digits: string, validation: Validation): string {
  if (validation.kind === "phone") return phoneOf(digits, validation.region) ?? digits;
  return validation.kind === "date" ? digits.replace(/^(\d\d)(\d\d)(\d{4})$/, "$3-$2-$1") : digits;
}

/** ISO/IEC 7812-1 annex B: the mod-10 check of card numbers. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 1 && sum % 10 === 0;
}

function calendarDate(digits: string): boolean {
  if (digits.length !== 4 && digits.length !== 8) return false;
  const day = Number(digits.slice(0, 2));
  const month = Number(digits.slice(2, 4));
  const year = digits.length === 8 ? Number(digits.slice(4)) : 2024;
  if (month < 1 || month > 12 || year < 1900) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
  return day >= 1 && day <= days;
}
