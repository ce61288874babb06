import type { CapWindow } from "../law.ts";

/** Abandonment counted by the hour, for windows that roll, and since the day began. */
export type BudgetMemory = {
  /** Logarithm of the risk that is taken for one more dial. */
  logRisk: number;
  answers: number;
  /** Fading counts of the last half hour or so: answers that were due to be abandoned, and how many more were. */
  lately: { at: number; due: number; excess: number };
  hours: { hour: number; answers: number; abandoned: number }[];
  /** Share of those connected that turned out to be machines. */
  machines: number;
  day: { answers: number; abandoned: number };
  month: { answers: number; abandoned: number };
};

export type BudgetSettings = {
  cap: number;
  windows: readonly CapWindow[];
  /** Share of live answers that AMD drops unheard: charged to the budget, although nobody sees it happen. */
  unseen: number;
};

const lowest = Math.log(1e-4);
const highest = Math.log(0.7);
const hoursKept = 30 * 24;

export const budgetMemory = (): BudgetMemory => ({
  logRisk: Math.log(0.015),
  answers: 0,
  lately: { at: 0, due: 0, excess: 0 },
  hours: [],
  machines: 0,
  day: { answers: 0, abandoned: 0 },
  month: { answers: 0, abandoned: 0 },
});

/**
 * What the law steers to, as a share of the answers that are seen: under the cap by what AMD takes of it (and may take in an unlucky week), and by a margin
 * of 1.2 abandoned answers a working day, so that chance puts fewer days over the cap than it would by itself. Small teams
 * have few answers, so theirs is the larger share.
 */
export function targetOf(
  { hours, month, machines }: Pick<BudgetMemory, "hours" | "month" | "machines">,
  { cap, unseen }: BudgetSettings,
  unevenness = 0,
): number {
  const answersADay = usualDay({ hours, month });
  const least = Math.max(0.01, 1.2 / Math.max(1, cap * answersADay));
  const margin = Math.min(0.25, least + mostForUnevenness * unevenness + (machines > 0.01 ? forMachines : 0));
  const charged = unseen + 2 * Math.sqrt(unseen / (7 * answersADay));
  return Math.max(0, cap * (1 - margin) - charged) / (1 - unseen);
}
/** A rate that rises and falls makes half hours unlike: more room is left, so that the bad ones stay under the cap. */
const mostForUnevenness = 0.22;
/** How many of the abandoned were machines is estimated. */
const forMachines = 0.015;
/** Answers of a working day, from the hours that had any. */
const usualDay = ({ hours, month }: Pick<BudgetMemory, "hours" | "month">): number =>
  (hours.length > 0 ? Math.max(month.answers, usualAnswersAnHour) / hours.length : usualAnswersAnHour) * workingHours;
const usualAnswersAnHour = 110;
const workingHours = 8;

/** Gain of the steering: quick at first, then slow enough that chance alone does not shake it. */
const gain = (answers: number): number => Math.max(slowest, 0.4 / (1 + answers / 200));
const slowest = 0.06;

export type Answer = { abandoned: boolean; linesShort: boolean; at: number; unevenness: number };

/** Stochastic approximation (H. Robbins, S. Monro, 1951) on the logarithm of the risk: met in the mean whatever the model is. */
export function answerCounted(memory: BudgetMemory, settings: BudgetSettings, { abandoned, linesShort, at, unevenness }: Answer): void {
  // Who was abandoned may have been a machine; as many are estimated out as are found among the connected (Ofcom, 2010).
  const live = abandoned ? 1 - memory.machines : 1;
  const lost = abandoned ? live : 0;
  if (!abandoned) memory.machines -= memory.machines / machinesOver;
  const target = targetOf(memory, settings, unevenness);
  const { lately } = memory;
  const faded = Math.exp(-Math.max(0, at - lately.at) / latelyS);
  memory.lately = { at, due: lately.due * faded + live * target, excess: lately.excess * faded + lost - live * target };
  memory.answers += 1;
  // While lines are short, few abandoned answers are no sign that more could be risked.
  const step = linesShort && !abandoned ? 0 : gain(memory.answers) * (live * target - lost);
  memory.logRisk = Math.min(highest, Math.max(lowest, memory.logRisk + step));
  const hour = Math.floor(at / 3600);
  let last = memory.hours.at(-1);
  if (last?.hour !== hour) {
    last = { hour, answers: 0, abandoned: 0 };
    memory.hours.push(last);
    while (memory.hours[0]!.hour <= hour - hoursKept) {
      const old = memory.hours.shift()!;
      memory.month.answers -= old.answers;
      memory.month.abandoned -= old.abandoned;
    }
  }
  for (const window of [last, memory.day, memory.month]) {
    window.answers += live;
    window.abandoned += lost;
  }
}

/**
 * Risk to take now: the steered one, less where the last half hour had too many abandoned answers, more where it had too
 * few, as far as that is more than chance: the more answers there are, the quicker.
 */
export function riskNow({ logRisk, lately }: BudgetMemory): number {
  const push = ((2 + Math.min(3, lately.due / 3)) * lately.excess) / (lately.due + 8);
  return Math.exp(Math.min(highest, logRisk - Math.max(-1, Math.min(1.5, push))));
}
const latelyS = 900;

const machinesOver = 400;

/** An answer that was counted turns out to have been a machine: it allows for no abandonment. */
export function answerRetracted(memory: BudgetMemory, settings: BudgetSettings): void {
  memory.machines = Math.min(0.9, memory.machines + 1 / machinesOver);
  memory.logRisk = Math.max(lowest, memory.logRisk - gain(memory.answers) * targetOf(memory, settings));
  for (const window of [memory.hours.at(-1), memory.day, memory.month]) if (window && window.answers > 0) window.answers -= 1;
}

export const dayBegan = (memory: BudgetMemory): void => void (memory.day = { answers: 0, abandoned: 0 });

/**
 * Whether one more abandoned answer would break the cap over a window. A window that has hardly begun is lent what chance
 * alone takes, and pays it back as it fills (30 days by 20,000 answers or five days, a day by two thirds of its answers): the steering
 * brings the share under the cap by then.
 */
export function overCap(memory: BudgetMemory, { cap, unseen, windows }: BudgetSettings, now: number): boolean {
  const seen = (cap - unseen) / (1 - unseen);
  return windows.some((window) => {
    const { answers, abandoned } = counts[window](memory, now);
    const day = usualDay(memory);
    const month = window === "30 days";
    const paidBackBy = month ? Math.max(20_000, 5 * day) : (day * 2) / 3;
    const lent = month ? Math.max(10, 0.5 * Math.sqrt(cap * day)) : 2 * Math.sqrt(cap * day);
    return answers > 0 && abandoned + 1 > seen * (answers + 1) + lent * Math.max(0, 1 - answers / paidBackBy);
  });
}

const counts: Readonly<Record<CapWindow, (memory: BudgetMemory, now: number) => { answers: number; abandoned: number }>> = {
  day: ({ day }) => day,
  "24 hours": ({ hours }, now) =>
    hours
      .filter(({ hour }) => hour > Math.floor(now / 3600) - 24)
      .reduce((sum, each) => ({ answers: sum.answers + each.answers, abandoned: sum.abandoned + each.abandoned }), { answers: 0, abandoned: 0 }),
  "30 days": ({ month }) => month,
};
