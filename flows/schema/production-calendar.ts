/** Countries whose production calendar is built in. */
export const productionCalendars = ["ru"] as const;
export type ProductionCalendar = (typeof productionCalendars)[number];

/** The status of a day in a production calendar. */
export type ProductionDay = {
  /** `off`: a public holiday or a day off moved here. `working`: a weekend day that works. `usual`: as the week says. */
  kind: "off" | "working" | "usual";
  /** One hour shorter (Labour Code of Russia, art. 95). */
  short: boolean;
};

/** Days of one year as MM-DD. */
type Year = {
  /** Title, number and date of the decree. */
  source: string;
  off: string;
  working: string;
  short: string;
};

/** Days off moved by the Government of Russia; public holidays are by art. 112 of the Labour Code. */
const decrees: Record<string, Year> = {
  "2024": {
    source: "Постановление Правительства РФ от 10.08.2023 № 1314 «О переносе выходных дней в 2024 году»",
    off: "01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 04-29 04-30 05-01 05-09 05-10 06-12 11-04 12-30 12-31",
    working: "04-27 11-02 12-28",
    short: "02-22 03-07 05-08 06-11 11-02",
  },
  "2025": {
    source: "Постановление Правительства РФ от 04.10.2024 № 1335 «О переносе выходных дней в 2025 году»",
    off: "01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-01 05-02 05-08 05-09 06-12 06-13 11-03 11-04 12-31",
    working: "11-01",
    short: "03-07 04-30 06-11 11-01",
  },
  "2026": {
    source: "Постановление Правительства РФ от 24.09.2025 № 1466 «О переносе выходных дней в 2026 году»",
    off: "01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 01-09 02-23 03-08 03-09 05-01 05-09 05-11 06-12 11-04 12-31",
    working: "",
    short: "04-30 05-08 06-11 11-03",
  },
};

/** Labour Code of Russia, art. 112. The first eight are not moved by the code itself: the government moves two of them. */
const newYear = ["01-01", "01-02", "01-03", "01-04", "01-05", "01-06", "01-07", "01-08"];
const movable = ["02-23", "03-08", "05-01", "05-09", "06-12", "11-04"];
const holidays = new Set([...newYear, ...movable]);

/** What the production calendar says of "2026-03-09" (`weekday` 1 = Monday … 7 = Sunday). Years without a decree: the code alone. */
export function productionDay(_country: ProductionCalendar, date: string, weekday: number): ProductionDay {
  const day = date.slice(5);
  const decree = decrees[date.slice(0, 4)];
  if (decree) return { kind: has(decree.off, day) ? "off" : has(decree.working, day) ? "working" : "usual", short: has(decree.short, day) };
  if (isOffByCode(date, weekday)) return { kind: "off", short: false };
  return { kind: "usual", short: weekday < 6 && holidays.has(shifted(date, 1).slice(5)) };
}

/** Where the days off of a year come from; null when only the Labour Code is known. */
export const productionSource = (year: string): string | null => decrees[year]?.source ?? null;

const has = (days: string, day: string): boolean => days.split(" ").includes(day);

/** A public holiday, or the working day after one that fell on a weekend (art. 112). */
function isOffByCode(date: string, weekday: number): boolean {
  if (holidays.has(date.slice(5))) return true;
  if (weekday > 5) return false;
  // Every working day before this one, back to the last weekend, has already taken a holiday; look for a remaining one.
  let owed = 0;
  for (let back = weekday + 1; back >= 1; back--) {
    const before = shifted(date, -back);
    const weekend = weekday - back < 1;
    const holiday = movable.includes(before.slice(5));
    if (weekend && holiday) owed += 1;
    else if (!weekend && !holidays.has(before.slice(5)) && owed > 0) owed -= 1;
  }
  return owed > 0;
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
