import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";

/** A number as E.164 when it is one ("8 (999) 000-06-66" in RU → "+79990000666"); short and internal numbers stay as they are. */
export function normalizeNumber(number: string, country: string): string {
  const trimmed = number.trim().slice(0, 60);
  if (trimmed.replace(/\D/g, "").length < 7) return trimmed;
  const parsed = parsePhoneNumberFromString(trimmed, country as CountryCode) ?? parsePhoneNumberFromString(`+${trimmed.replace(/\D/g, "")}`);
  return parsed?.isPossible() ? parsed.number : trimmed;
}
