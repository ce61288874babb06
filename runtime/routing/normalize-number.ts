import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from "libphonenumber-js";

/** E.164, or null if it is not a phone number. National formats belong to `country`: "8 (999) 000-06-66" is +79990000666 in RU. */
export function parseNumber(text: string, country: string): string | null {
  // 00 is + in most of the world, also where the own country dials out otherwise.
  const plus = text.trim().replace(/^\(?00\)?[\s-]*(?=[1-9])/, "+");
  const parsed = parsePhoneNumberFromString(plus, country as CountryCode) ?? parsePhoneNumberFromString(`+${plus.replace(/\D/g, "")}`);
  return parsed && isNumber(parsed) ? parsed.number : null;
}

const mostNational = 11;

/** Whether somebody may have this number. Plans allow lengths that only a few real numbers have: digits glued to a number are none of these. */
export const isNumber = (parsed: PhoneNumber): boolean => parsed.isPossible() && (parsed.isValid() || parsed.nationalNumber.length <= mostNational);

/** A number as E.164 when it is one; short and internal numbers stay as they are. */
export function normalizeNumber(number: string, country: string): string {
  const trimmed = number.trim().slice(0, 60);
  if (trimmed.replace(/\D/g, "").length < 7) return trimmed;
  return parseNumber(trimmed, country) ?? trimmed;
}
