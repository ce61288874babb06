import type { DayFigures } from "../../../runtime/campaigns/pacing/simulate/day-figures.ts";
import { usualSettings } from "../../../runtime/campaigns/pacing/law.ts";
import { laws } from "../../../runtime/campaigns/pacing/laws.ts";
import grid from "../../../runtime/campaigns/pacing/laws/vicidial-grid.json" with { type: "json" };
import { simulate } from "../../../runtime/campaigns/pacing/simulate/simulate.ts";
import { summaryOf, type Summary } from "../../../runtime/campaigns/pacing/simulate/summary.ts";
import { worldOf } from "../../../runtime/campaigns/pacing/simulate/worlds.ts";
import { nameOf, type Job } from "./jobs.ts";

export const hours = 8;

export type Result = {
  name: string;
  job: Job;
  summary: Summary;
  /** Share abandoned in the half hour up to the end of each five minutes, all days together. */
  rolling: number[];
};

/** With AMD on, VICIdial's settings are tried with it and without; the better one within the cap counts as the setting. */
export function runJob(job: Job): Result {
  const world = worldOf(job.world, {
    agents: job.agents,
    answerRate: job.answerRate,
    ...(job.amd ? { amd: job.amd } : {}),
    separate: job.separate === true,
  });
  const row = grid.find((each) => each.name === job.setting);
  const options = Object.fromEntries(Object.entries(row ?? {}).filter(([key]) => key !== "name"));
  const settings = {
    ...usualSettings,
    cap: job.cap,
    linesPerOperator: job.lines ?? 1,
    thinkS: job.thinkS ?? 0,
    amdFalsePositive: world.amd?.falsePositive ?? null,
    options,
  };
  const run = (more: Record<string, string>): Result => {
    const runs = job.seeds.map((seed) =>
      simulate({ world, law: laws[job.law], settings: { ...settings, options: { ...options, ...more } }, hours, days: job.days, seed }),
    );
    return { name: nameOf(job), job, summary: summaryOf(runs, job.cap), rolling: rollingOf(runs.flat()) };
  };
  const on = run({});
  if (!world.amd || job.law !== "vicidial") return on;
  const off = run({ amd: "off" });
  const allowed = (result: Result) => result.summary.abandonment.mean <= job.cap;
  if (allowed(on) !== allowed(off)) return allowed(on) ? on : off;
  return on.summary.perOperatorHour.mean >= off.summary.perOperatorHour.mean ? on : off;
}

/** Abandoned share of each half hour that ends on a slot, all days taken together. */
export function rollingOf(days: readonly DayFigures[]): number[] {
  const window = 6;
  return days[0]!.slots.slice(window - 1).map((_, index) => {
    let answers = 0;
    let abandoned = 0;
    for (const day of days) {
      for (const slot of day.slots.slice(index, index + window)) {
        answers += slot.answers;
        abandoned += slot.abandoned;
      }
    }
    return answers > 0 ? abandoned / answers : 0;
  });
}
