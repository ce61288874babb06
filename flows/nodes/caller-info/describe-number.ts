import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import { russianRegion } from "./russian-regions.ts";

/** Information derived from a phone number. */
export type NumberFacts = {
  /** E.164, or unchanged if it is not a phone number (an internal one); empty if withheld. */
  number: string;
  /** ISO 3166 country, "RU"; empty when unknown. */
  country: string;
  /** Region of a geographic Russian number; empty for mobile and foreign ones. */
  region: string;
  regionEn: string;
  type: "mobile" | "fixed" | "tollfree" | "unknown";
  hidden: boolean;
};

const kinds: Record<string, NumberFacts["type"]> = { MOBILE: "mobile", FIXED_LINE: "fixed", TOLL_FREE: "tollfree" };

/** Names that exchanges and operators put where a number should be (RFC 3323 §4.1 "anonymous", RFC 3325 §7). */
const hiddenNames = new Set(["", "anonymous", "unknown", "restricted", "private", "unavailable", "withheld"]);

/** Describes a number; national forms belong to `country`. Pure; never throws. */
export function describeNumber(text: string, country: string): NumberFacts {
  const given = text.trim().slice(0, 60);
  const nothing: NumberFacts = { number: "", country: "", region: "", regionEn: "", type: "unknown", hidden: true };
  if (hiddenNames.has(given.toLowerCase())) return nothing;
  const digits = given.replace(/\D/g, "");
  if (digits.length < 7) return { ...nothing, number: given, hidden: false };
  const parsed = parsePhoneNumberFromString(given, country as CountryCode) ?? parsePhoneNumberFromString(`+${digits}`);
  if (!parsed?.isPossible()) return { ...nothing, number: given, hidden: false };
  const type = kinds[parsed.getType() ?? ""] ?? "unknown";
  const region = parsed.country === "RU" && type !== "mobile" ? russianRegion(parsed.nationalNumber) : { ru: "", en: "" };
  return { number: parsed.number, country: parsed.country ?? "", region: region.ru, regionEn: region.en, type, hidden: false };
}
