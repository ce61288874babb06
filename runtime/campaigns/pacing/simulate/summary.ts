import { dayFigures, type DayFigures } from "./day-figures.ts";

/** A figure with its 95 % confidence interval. */
export type Figure = { mean: number; low: number; high: number };

export type Summary = {
  /** Busy share of logged time; shares 0–1. */
  occupancy: Figure;
  /** Abandoned share of live answers, those that AMD dropped included. */
  abandonment: Figure;
  worstDay: number;
  /** Days above the cap, and what chance alone would give at that many answers a day if each were abandoned with probability `cap`. */
  daysOver: number;
  daysOverByChance: number;
  /** Conversations an operator-hour. */
  perOperatorHour: Figure;
  /** Seconds. */
  idleP95: number;
  waitP99: number;
  dials: number;
  conversations: number;
  mostLines: number;
  /** Inbound calls answered within 20 s; null where there are none. */
  inboundInTime: number | null;
};

const lost = (day: DayFigures): number => day.abandoned + day.takenForMachines;
const sum = (days: readonly DayFigures[], of: (day: DayFigures) => number): number => days.reduce((total, day) => total + of(day), 0);

/**
 * Sums up days. Intervals are Student's over batches: runs with seeds of their own where there are at least four, single
 * days otherwise (a law that steers makes neighbouring days of a run a little too alike to be independent).
 */
export function summaryOf(runs: readonly (readonly DayFigures[])[], cap: number): Summary {
  const days = runs.flat();
  const batches = runs.length >= 4 ? runs : days.map((day) => [day]);
  const figure = (above: (day: DayFigures) => number, below: (day: DayFigures) => number): Figure => ratioOf(batches, above, below);
  const idle = dayFigures(1).idle;
  const waits = dayFigures(1).waits;
  for (const day of days) {
    idle.merge(day.idle);
    waits.merge(day.waits);
  }
  const inbound = sum(days, (day) => day.inbound);
  return {
    occupancy: figure(
      (day) => day.busyS,
      (day) => day.loggedS,
    ),
    abandonment: figure(lost, (day) => day.answers),
    worstDay: Math.max(0, ...days.map((day) => (day.answers > 0 ? lost(day) / day.answers : 0))),
    daysOver: days.filter((day) => lost(day) > cap * day.answers).length / days.length,
    daysOverByChance: sum(days, (day) => binomialAbove(day.answers, cap)) / days.length,
    perOperatorHour: figure(
      (day) => day.conversations * 3600,
      (day) => day.loggedS,
    ),
    idleP95: idle.quantile(0.95),
    waitP99: waits.quantile(0.99),
    dials: sum(days, (day) => day.dials),
    conversations: sum(days, (day) => day.conversations),
    mostLines: Math.max(0, ...days.map((day) => day.mostLines)),
    inboundInTime: inbound > 0 ? sum(days, (day) => day.inboundInTime) / inbound : null,
  };
}

/** Ratio of sums with its interval: the linearised residuals of the batches (W. Cochran, 1977, §6). */
function ratioOf(batches: readonly (readonly DayFigures[])[], above: (day: DayFigures) => number, below: (day: DayFigures) => number): Figure {
  const tops = batches.map((batch) => sum(batch, above));
  const bottoms = batches.map((batch) => sum(batch, below));
  const bottom = bottoms.reduce((total, each) => total + each, 0);
  const mean = bottom > 0 ? tops.reduce((total, each) => total + each, 0) / bottom : 0;
  const count = batches.length;
  if (count < 2 || bottom === 0) return { mean, low: Number.NaN, high: Number.NaN };
  const squares = tops.reduce((total, top, index) => total + (top - mean * bottoms[index]!) ** 2, 0);
  const half = (studentT(count - 1) * Math.sqrt((squares / (count - 1)) * count)) / bottom;
  return { mean, low: mean - half, high: mean + half };
}

/** 97.5 % quantile of Student's t (the expansion of R. Fisher and E. Cornish, 1960; exact for 1 and 2). */
export function studentT(freedom: number): number {
  if (freedom === 1) return 12.706;
  if (freedom === 2) return 4.303;
  const z = 1.959964;
  const terms = [(z ** 3 + z) / 4, (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96, (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384];
  return z + terms[0]! / freedom + terms[1]! / freedom ** 2 + terms[2]! / freedom ** 3;
}

/** P[X > share·n] for X binomial of n and `share`. */
export function binomialAbove(count: number, share: number): number {
  const most = Math.floor(share * count + 1e-9);
  let within = 0;
  let logWeight = count * Math.log(1 - share);
  for (let k = 0; k <= most; k++) {
    within += Math.exp(logWeight);
    logWeight += Math.log(((count - k) / (k + 1)) * (share / (1 - share)));
  }
  return Math.max(0, 1 - within);
}
