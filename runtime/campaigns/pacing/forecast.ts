import { ContactList } from "./simulate/contact-list.ts";
import type { Law, PacingSettings } from "./law.ts";
import type { DayFigures } from "./simulate/day-figures.ts";
import { simulateDay } from "./simulate/simulate-day.ts";
import type { World } from "./simulate/world.ts";

export type ForecastOptions = {
  world: World;
  law: Law;
  settings: PacingSettings;
  contacts: number;
  /** Most attempts a contact, and the hours from one without an answer to the next. */
  attempts: number;
  retryAfterH: number;
  /** Working hours a day, and most days looked ahead. */
  hours: number;
  mostDays: number;
  /** Simulated courses of the campaign. */
  runs: number;
  seed: number;
};

/** Middle and the range that nine of ten courses fall into. */
export type Range = { median: number; from: number; to: number };

export type Forecast = {
  /** Working hours until the list is done; null where it is not done within the days looked ahead. */
  hours: Range | null;
  days: Range | null;
  conversations: Range;
  /** Share of live answers that are abandoned. */
  abandonment: Range;
  occupancy: Range;
  dials: Range;
  runs: number;
};

/**
 * What a campaign will bring: its list, team and hours, played through with different luck. A contact is dialled until
 * somebody answers, or a machine where none is detected; at most `attempts` times, so a list of n contacts is about
 * n · (1 − (1 − p)^a) / p dials. The end of the list waits for those who are due again.
 */
export function forecast(options: ForecastOptions): Forecast {
  const { hours, runs } = options;
  const courses = Array.from({ length: runs }, (_, run) => course(options, options.seed + run));
  const range = (of: (days: DayFigures[]) => number): Range => rangeOf(courses.map((each) => of(each.days)));
  const sum = (days: DayFigures[], of: (day: DayFigures) => number) => days.reduce((total, day) => total + of(day), 0);
  const finished = courses.every((each) => each.done);
  const lasted = (days: DayFigures[]) => (days.length - 1) * hours + days.at(-1)!.lastDialAt / 3600;
  return {
    hours: finished ? range(lasted) : null,
    days: finished ? range((days) => days.length) : null,
    conversations: range((days) => sum(days, (day) => day.conversations)),
    abandonment: range(
      (days) =>
        sum(days, (day) => day.abandoned + day.takenForMachines) /
        Math.max(
          1,
          sum(days, (day) => day.answers),
        ),
    ),
    occupancy: range((days) => occupancyUntilDone(days, hours)),
    dials: range((days) => sum(days, (day) => day.dials)),
    runs,
  };
}

function course(options: ForecastOptions, seed: number): { days: DayFigures[]; done: boolean } {
  const { world, law, settings, contacts, attempts, retryAfterH, hours, mostDays } = options;
  const memory = law.begin({ ...settings, campaigns: world.campaigns.length });
  const list = new ContactList({ contacts, attempts, waitS: retryAfterH * 3600 });
  const days: DayFigures[] = [];
  while (!list.done && days.length < mostDays) days.push(simulateDay({ world, law, memory, seed, day: days.length, hours, list }));
  return { days, done: list.done };
}

/** The last day counts up to its last dial: what comes after is no work of this campaign. */
function occupancyUntilDone(days: readonly DayFigures[], hours: number): number {
  const last = days.at(-1)!;
  const busy = days.reduce((total, day) => total + day.busyS, 0);
  const logged = days.reduce((total, day) => total + day.loggedS, 0) - last.loggedS * (1 - last.lastDialAt / (hours * 3600));
  return logged > 0 ? Math.min(1, busy / logged) : 0;
}

function rangeOf(values: readonly number[]): Range {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { median: at(0.5), from: at(0.05), to: at(0.95) };
}
