import type { Law, PacingSettings } from "../law.ts";
import { simulateDay } from "./simulate-day.ts";
import type { DayFigures } from "./day-figures.ts";
import type { World } from "./world.ts";

export type SimulateOptions = {
  world: World;
  law: Law;
  settings: PacingSettings;
  hours: number;
  days: number;
  seed: number;
  stopwatch?: { now(): number; decided(ms: number): void };
};

/** Days of a team under a law, the law's memory going from day to day. The same options give the same figures. */
export function simulate({ world, law, settings, hours, days, seed, stopwatch }: SimulateOptions): DayFigures[] {
  const begin = () => law.begin({ ...settings, campaigns: world.campaigns.length });
  let memory = begin();
  return Array.from({ length: days }, (_, day) => {
    if (world.forgets && day > 0) memory = begin();
    return simulateDay({ world, law, memory, seed, day, hours, ...(stopwatch ? { stopwatch } : {}) });
  });
}
