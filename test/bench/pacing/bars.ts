import { valueOf } from "./collect.ts";
import { errors, type Plan } from "./jobs.ts";
import type { Lookup, Place } from "./lookup.ts";
import type { Result } from "./run-job.ts";

export type Bar = { bar: string; figure: string; met: boolean };

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** The bars that the laws are held to, each with the figure that decides. */
export function barsOf(plan: Plan, lookup: Lookup): Bar[] {
  return [...plan.caps.flatMap((cap) => markovBars(plan, lookup, cap)), ...rivalBars(plan, lookup), ...shockBars(plan, lookup), poolBar(lookup)].filter(
    (each) => each !== null,
  );
}

type Found = { place: Place; ours: Result };

function markovBars(plan: Plan, lookup: Lookup, cap: number): Bar[] {
  const found = plan.teams
    .flatMap((agents) => plan.rates.map((answerRate): Place => ({ world: "W0", agents, answerRate, cap })))
    .flatMap((place): Found[] => {
      const ours = lookup.of(place, "ours");
      return ours ? [{ place, ours }] : [];
    });
  if (found.length === 0) return [];
  const least = cap === 0.03 ? 0.985 : 0.975;
  const ratio = ({ place, ours }: Found) => ours.summary.occupancy.mean / lookup.bound(place)!;
  const worst = [...found].sort((a, b) => ratio(a) - ratio(b))[0]!;
  const most = [...found].sort((a, b) => b.ours.summary.abandonment.mean - a.ours.summary.abandonment.mean)[0]!;
  const days = [...found].sort((a, b) => excess(b) - excess(a))[0]!;
  const at = ({ place }: Found) => `N = ${place.agents}, p = ${place.answerRate}`;
  return [
    { bar: `W0, cap ${percent(cap)}: ours ÷ optimum ≥ ${least}`, figure: `least ${ratio(worst).toFixed(4)} (${at(worst)})`, met: ratio(worst) >= least },
    {
      bar: `W0, cap ${percent(cap)}: abandonment from a cold start ≤ cap`,
      figure: `most ${percent(most.ours.summary.abandonment.mean)} (${at(most)})`,
      met: most.ours.summary.abandonment.mean <= cap,
    },
    {
      bar: `W0, cap ${percent(cap)}: no more days over the cap than by chance`,
      figure: `nearest ${percent(days.ours.summary.daysOver)} against ${percent(days.ours.summary.daysOverByChance)} (${at(days)})`,
      met: excess(days) <= 0,
    },
  ];
}

const excess = ({ ours }: Found): number => ours.summary.daysOver - ours.summary.daysOverByChance;

const realistic = (plan: Plan): Place[] =>
  plan.otherTeams.flatMap((agents): Place[] => [
    ...plan.rates.map((answerRate): Place => ({ world: "W1", agents, answerRate })),
    ...(["W2", "W3", "W4"] as const).map((world): Place => ({ world, agents, answerRate: 0.3 })),
    ...errors.map(({ falsePositive }): Place => ({ world: "W5", agents, answerRate: 0.3, falsePositive })),
  ]);

function rivalBars(plan: Plan, lookup: Lookup): Bar[] {
  const rows = realistic(plan).flatMap((place) => {
    const ours = lookup.of(place, "ours");
    const rival = lookup.best(place, "vicidial");
    return ours ? [{ place, ours, lead: rival ? valueOf(ours) / valueOf(rival) - 1 : Number.POSITIVE_INFINITY }] : [];
  });
  if (rows.length === 0) return [];
  const at = ({ world, agents, answerRate, falsePositive }: Place) =>
    `${world}, N = ${agents}, p = ${answerRate}${falsePositive === undefined ? "" : `, false positives ${percent(falsePositive)}`}`;
  const closest = [...rows].sort((a, b) => a.lead - b.lead)[0]!;
  const most = [...rows].sort((a, b) => b.ours.summary.abandonment.mean - a.ours.summary.abandonment.mean)[0]!;
  return [
    {
      bar: "W1–W5: never below the best VICIdial setting",
      figure: `closest ${(closest.lead * 100).toFixed(1)} % ahead (${at(closest.place)})`,
      met: closest.lead >= 0,
    },
    {
      bar: "W1–W5: never above the cap over the whole run",
      figure: `most ${percent(most.ours.summary.abandonment.mean)} (${at(most.place)})`,
      met: most.ours.summary.abandonment.mean <= 0.03,
    },
  ];
}

/** Longest time that the half hour up to now was over the cap, minutes, all days of a place taken together. */
export function longestOver(rolling: readonly number[], cap: number): number {
  let longest = 0;
  let now = 0;
  for (const share of rolling) {
    now = share > cap ? now + 5 : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

function shockBars(plan: Plan, lookup: Lookup): Bar[] {
  return (["W2", "W4"] as const).flatMap((world) =>
    plan.otherTeams.flatMap((agents): Bar[] => {
      const ours = lookup.of({ world, agents, answerRate: 0.3 }, "ours");
      if (!ours) return [];
      const minutes = longestOver(ours.rolling, 0.03);
      return [
        {
          bar: `${world}, N = ${agents}: rolling half hour back under the cap within 30 minutes`,
          figure: `longest ${minutes} min over, at most ${percent(Math.max(...ours.rolling))}`,
          met: minutes <= 30,
        },
      ];
    }),
  );
}

function poolBar(lookup: Lookup): Bar {
  const pooled = lookup.of({ world: "W6", agents: 50, answerRate: 0.3 }, "ours");
  const separate = lookup.of({ world: "W6", agents: 50, answerRate: 0.3, separate: true }, "ours");
  const gain = (pooled?.summary.occupancy.mean ?? 0) - (separate?.summary.occupancy.mean ?? 1);
  return { bar: "W6: pooled at least 5 points above separate teams of ten", figure: `${(gain * 100).toFixed(1)} points`, met: gain >= 0.05 };
}
