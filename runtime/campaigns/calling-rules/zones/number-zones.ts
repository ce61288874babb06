import { describeNumber } from "../../../../flows/nodes/caller-info/describe-number.ts";
import { zonesOfAreaCode } from "./area-codes.ts";
import { countryZones } from "./country-zones.ts";
import { zonesInRanges, type NumberRanges } from "./number-ranges.ts";
import { russianZones, zonesOfRegion } from "./russian-zones.ts";

export type ZoneQuestion = {
  /** E.164. */
  number: string;
  /** Zone that the contact itself names; empty: none. */
  own: string;
  /** Country of numbers that tell none. */
  country: string;
  ranges: NumberRanges | null;
  /** When the call would be, in ms: clocks of countries change. */
  at: number;
};

/**
 * Possible time zones of the called person, never empty: the contact's own, otherwise those of the registry range, of the region of an area
 * code, or of the country. A Russian mobile number without a range may be in any zone of Russia.
 */
export function numberZones({ number, own, country, ranges, at }: ZoneQuestion): readonly string[] {
  if (own !== "") return [own];
  const facts = describeNumber(number, country);
  const where = facts.country || country;
  const zones = where === "RU" ? russian(number, facts.region, ranges) : zonesOfAreaCode(number);
  if (zones.length > 0) return zones;
  const all = countryZones(where, at);
  return all.length > 0 ? all : ["UTC"];
}

function russian(number: string, region: string, ranges: NumberRanges | null): readonly string[] {
  const inRange = ranges ? zonesInRanges(ranges, number.slice(2)) : [];
  if (inRange.length > 0) return inRange;
  const zones = region === "" ? [] : zonesOfRegion(region);
  return zones.length > 0 ? zones : russianZones;
}
