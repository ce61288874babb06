import { readFileSync } from "node:fs";

export type CoreTimes = { busy: number; all: number };

/** Ticks of one core since the system started, whoever used it. */
export function coreTimes(core: number): CoreTimes {
  const line = new RegExp(`^cpu${core} (.*)$`, "m").exec(readFileSync("/proc/stat", "latin1"))?.[1] ?? "";
  // user nice system idle iowait irq softirq steal
  const ticks = line.split(" ").slice(0, 8).map(Number);
  const all = ticks.reduce((sum, each) => sum + each, 0);
  return { busy: all - (ticks[3] ?? 0) - (ticks[4] ?? 0), all };
}

/** Percent of the time between the two in which the core was busy. */
export function busyPercent(from: CoreTimes, to: CoreTimes): number {
  return Math.round(((to.busy - from.busy) / Math.max(1, to.all - from.all)) * 1000) / 10;
}
