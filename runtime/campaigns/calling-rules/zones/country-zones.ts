import { localTime } from "../local-time.ts";

const found = new Map<string, readonly string[]>();
const halfDayMs = 12 * 3_600_000;

/**
 * Zones of a country, "AU", one of each that keeps a clock of its own (offsets of every week of two years are compared);
 * empty when the country is not known. From the zone data of the platform (CLDR).
 */
export function countryZones(country: string, at: number): readonly string[] {
  const year = new Date(at).getUTCFullYear();
  const key = `${country} ${year}`;
  const known = found.get(key);
  if (known) return known;
  const zones = distinct(zonesNamed(country), Date.UTC(year, 0, 1));
  found.set(key, zones);
  return zones;
}

/** `getTimeZones` is in the engine and not yet in the types of the language. */
type LocaleWithZones = Intl.Locale & { getTimeZones?: () => readonly string[] | undefined };

function zonesNamed(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? [];
}

function distinct(zones: readonly string[], from: number): readonly string[] {
  const seen = new Map<string, string>();
  for (const zone of zones) {
    const offsets: number[] = [];
    for (let at = from; at < from + 732 * 2 * halfDayMs; at += 14 * halfDayMs) offsets.push(localTime(at, zone).offset);
    const clock = offsets.join();
    if (!seen.has(clock)) seen.set(clock, zone);
  }
  return [...seen.values()];
}
