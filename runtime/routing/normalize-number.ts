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

/** What a person has typed as one number: E.164, an internal number as typed, null for anything else. Words and second numbers are not glued to it. */
export function typedNumber(text: string, country: string): string | null {
  const typed = text.trim();
  if (/^\d{2,6}$/.test(typed)) return typed;
  return /^\+?[\d\s().\u2010-\u2015-]{5,30}$/.test(typed) ? parseNumber(typed, country) : null;
}

/** A mask of numbers (`*` many digits, `?` one) as numbers are kept: "8495*" is "+7495*" in Russia. Null when it has no digit, or other signs. */
export function typedMask(text: string, country: string): string | null {
  const mask = text.replace(/[\s().-]/g, "").replace(/^00/, "+");
  if (!/^\+?[\d*?]+$/.test(mask) || !/\d/.test(mask) || !/[*?]/.test(mask)) return null;
  const [head] = /^\d{4,}/.exec(mask) ?? [""];
  const start = head === "" ? null : withoutPrefix(head, country);
  return start === null ? mask : start + mask.slice(head.length);
}

/** The first digits of a number, dialled within the country, as E.164 begins with them: "8495" is "+7495". Null when no national prefix stands before them. */
function withoutPrefix(head: string, country: string): string | null {
  for (let more = 1; more <= 9; more++) {
    const filled = head + "0".repeat(more);
    const parsed = parsePhoneNumberFromString(filled, country as CountryCode);
    if (parsed?.isPossible() && parsed.nationalNumber.length < filled.length && filled.endsWith(parsed.nationalNumber)) return parsed.number.slice(0, -more);
  }
  return null;
}
