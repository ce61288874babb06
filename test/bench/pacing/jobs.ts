import type { LawName } from "../../../runtime/campaigns/pacing/laws.ts";
import type { WorldName } from "../../../runtime/campaigns/pacing/simulate/worlds.ts";

/** One run of a law in a world; the same job gives the same figures on any machine. */
export type Job = {
  world: WorldName;
  agents: number;
  answerRate: number;
  cap: number;
  law: LawName;
  /** Row of the VICIdial grid. */
  setting?: string;
  lines?: number;
  thinkS?: number;
  amd?: { falsePositive: number; falseNegative: number };
  separate?: boolean;
  days: number;
  seeds: readonly number[];
};

/** A job's name, and its key among the results. */
export const nameOf = (job: Job): string =>
  [
    job.world,
    `N=${job.agents}`,
    `p=${job.answerRate}`,
    `cap=${job.cap}`,
    job.law,
    ...(job.setting ? [job.setting] : []),
    ...(job.lines ? [`${job.lines} lines`] : []),
    ...(job.thinkS ? [`think ${job.thinkS} s`] : []),
    ...(job.amd ? [`AMD ${job.amd.falsePositive}/${job.amd.falseNegative}`] : []),
    ...(job.separate ? ["separate"] : []),
    `${job.seeds.length}×${job.days} days`,
  ].join(" · ");

/** Vertical and horizontal axis of the main table. */
export const teams = [5, 10, 20, 50, 100, 200] as const;
export const rates = [0.1, 0.3, 0.6] as const;

export type Plan = {
  /** Days of ours in W0 from a cold start, and of everything else. */
  days: number;
  otherDays: number;
  gridDays: number;
  seeds: readonly number[];
  teams: readonly number[];
  rates: readonly number[];
  caps: readonly number[];
  otherTeams: readonly number[];
};

export const fullPlan: Plan = { days: 30, otherDays: 8, gridDays: 4, seeds: [1], teams, rates, caps: [0.03, 0.01], otherTeams: [5, 10, 20, 50] };
export const quickPlan: Plan = { days: 30, otherDays: 6, gridDays: 2, seeds: [1], teams: [5, 10, 20], rates: [0.3], caps: [0.03, 0.01], otherTeams: [10] };

const fixedRatios = [1.2, 1.5, 2, 2.5, 3, 4, 5, 7, 10];

/** Everything that the report shows but the grid's best, which needs results first. */
export function jobsOf(plan: Plan): Job[] {
  const { seeds } = plan;
  const jobs: Job[] = [];
  const markov = (job: Omit<Job, "world" | "seeds">) => jobs.push({ world: "W0", seeds, ...job });
  for (const cap of plan.caps) {
    for (const agents of plan.teams) {
      for (const answerRate of plan.rates) markov({ agents, answerRate, cap, law: "ours", days: plan.days });
    }
  }
  for (const agents of plan.teams) {
    for (const answerRate of plan.rates) {
      markov({ agents, answerRate, cap: 0.03, law: "progressive", days: plan.otherDays });
      markov({ agents, answerRate, cap: 0.03, law: "preview", thinkS: 5, days: plan.otherDays });
    }
  }
  jobs.push(...realisticJobs(plan), ...regimeJobs(plan));
  return jobs;
}

/** W1–W6: ours and the plain laws. */
function realisticJobs({ otherDays: days, seeds, otherTeams, rates }: Plan): Job[] {
  const jobs: Job[] = [];
  const both = (job: Omit<Job, "law" | "seeds" | "cap" | "days">, longer = 1) => {
    for (const law of ["ours", "progressive"] as const) jobs.push({ ...job, law, cap: 0.03, days: days * longer, seeds });
  };
  for (const agents of otherTeams) {
    for (const answerRate of rates) both({ world: "W1", agents, answerRate });
    both({ world: "W2", agents, answerRate: 0.3 }, daysTimes(agents));
    both({ world: "W3", agents, answerRate: 0.3 });
    both({ world: "W4", agents, answerRate: 0.3 }, daysTimes(agents));
    for (const amd of errors) both({ world: "W5", agents, answerRate: 0.3, amd });
  }
  both({ world: "W6", agents: 50, answerRate: 0.3 });
  both({ world: "W6", agents: 50, answerRate: 0.3, separate: true });
  return jobs;
}

/** A half hour of five operators has some fifty answers: as many more days, so that its share is not chance alone. */
export const daysTimes = (agents: number): number => Math.max(2, Math.round(100 / agents));

export const errors = [
  { falsePositive: 0.003, falseNegative: 0.013 },
  { falsePositive: 0.03, falseNegative: 0.05 },
  { falsePositive: 0.08, falseNegative: 0.15 },
];

/** The regimes around the article's figures. */
export const regimes = [
  { agents: 50, answerRate: 0.45, thinkS: 5 },
  { agents: 50, answerRate: 0.45, thinkS: 3 },
  { agents: 50, answerRate: 0.3, thinkS: 5 },
  { agents: 10, answerRate: 0.3, thinkS: 5 },
  { agents: 10, answerRate: 0.6, thinkS: 5 },
];

function regimeJobs({ otherDays: days, seeds }: Plan): Job[] {
  return regimes.flatMap(({ agents, answerRate, thinkS }) => [
    { world: "W1" as const, agents, answerRate, cap: 0.03, law: "preview" as const, thinkS, days, seeds },
    { world: "W1" as const, agents, answerRate, cap: 0.03, law: "progressive" as const, days, seeds },
    { world: "W1" as const, agents, answerRate, cap: 0.03, law: "ours" as const, days, seeds },
  ]);
}

/** Rivals tuned in hindsight: every setting of VICIdial's grid, and fixed ratios, in the very world that they are judged in. */
export function tuningJobs(plan: Plan, settings: readonly string[]): Job[] {
  const { gridDays: days, seeds } = plan;
  const places: Omit<Job, "law" | "days" | "seeds" | "cap">[] = [];
  for (const agents of plan.teams) for (const answerRate of plan.rates) places.push({ world: "W0", agents, answerRate });
  for (const agents of plan.otherTeams) {
    for (const answerRate of plan.rates) places.push({ world: "W1", agents, answerRate });
    for (const world of ["W2", "W3", "W4"] as const) places.push({ world, agents, answerRate: 0.3 });
    for (const amd of errors) places.push({ world: "W5", agents, answerRate: 0.3, amd });
  }
  return places.flatMap((place) => [
    ...settings.map((setting) => ({ ...place, law: "vicidial" as const, setting, cap: 0.03, days, seeds })),
    ...(place.world === "W0" || place.world === "W1" ? fixedRatios : []).map((lines) => ({ ...place, law: "ratio" as const, lines, cap: 0.03, days, seeds })),
  ]);
}
