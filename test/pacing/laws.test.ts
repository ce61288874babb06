import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluatePolicy } from "../../runtime/campaigns/pacing/bound/evaluate-policy.ts";
import { gridOf } from "../../runtime/campaigns/pacing/bound/markov-team.ts";
import { bestPolicy, solveBound } from "../../runtime/campaigns/pacing/bound/solve-bound.ts";
import { usualSettings, type Law, type PacingSettings, type PacingState, type TeamView } from "../../runtime/campaigns/pacing/law.ts";
import { laws, type LawName } from "../../runtime/campaigns/pacing/laws.ts";
import { marginalRisk, type Memory } from "../../runtime/campaigns/pacing/ours/marginal-risk.ts";
import { overflow } from "../../runtime/campaigns/pacing/ours/overflow.ts";
import { simulate } from "../../runtime/campaigns/pacing/simulate/simulate.ts";
import { simulateDay } from "../../runtime/campaigns/pacing/simulate/simulate-day.ts";
import { binomialAbove, studentT, summaryOf } from "../../runtime/campaigns/pacing/simulate/summary.ts";
import { worldOf, type WorldName, type WorldOptions } from "../../runtime/campaigns/pacing/simulate/worlds.ts";
import { longestOver } from "../bench/pacing/bars.ts";
import { rollingOf } from "../bench/pacing/run-job.ts";

const run = (law: Law, name: WorldName, options: WorldOptions, days = 3, more: Partial<PacingSettings> = {}, seed = 1) => {
  const world = worldOf(name, options);
  const settings = { ...usualSettings, amdFalsePositive: world.amd?.falsePositive ?? null, ...more };
  return summaryOf([simulate({ world, law, settings, hours: 8, days, seed })], settings.cap);
};

const ten = { agents: 10, answerRate: 0.3 };

describe("the simulator", () => {
  test("a policy of thresholds gives what its exact evaluation says", () => {
    const team = { ...ten, handleS: 140, ringS: 12, patienceS: 2 };
    const grid = gridOf(team);
    const { thresholds } = bestPolicy(team, 120, grid);
    const exact = evaluatePolicy(team, grid, thresholds, 120);
    const byThresholds: Law = {
      name: "thresholds",
      begin: () => null,
      learn: () => {},
      decide: ({ team: { agents, idle, waiting }, campaigns }) => {
        const wanted = thresholds[agents - idle + waiting - grid.customersFrom] ?? 0;
        return { dial: [Math.max(0, wanted - campaigns[0]!.dials.length)], lookAgainS: 60, amd: false, thinkS: 0 };
      },
    };
    const { occupancy, abandonment } = run(byThresholds, "W0", ten, 40);
    const share = exact.abandoned / (exact.abandoned + exact.busy / team.handleS);
    // The first minutes of each day begin with an idle team, which the long run does not know.
    expect(Math.abs(occupancy.mean - exact.busy / 10)).toBeLessThan(occupancy.high - occupancy.mean + 0.002);
    expect(Math.abs(abandonment.mean - share)).toBeLessThan(1.5 * (abandonment.high - abandonment.mean));
  });

  test.each<LawName>(["ours", "vicidial", "progressive", "preview", "ratio"])("%s: the same seed gives the same day, another one does not", (name) => {
    const once = run(laws[name], "W1", ten, 1);
    expect(run(laws[name], "W1", ten, 1)).toEqual(once);
    expect(run(laws[name], "W1", ten, 1, {}, 2).dials).not.toBe(once.dials);
  });

  test("all laws meet the same people", () => {
    const met = (law: Law) => {
      const talks: number[] = [];
      const world = worldOf("W1", ten);
      const [campaign] = world.campaigns;
      const watched = {
        ...world,
        campaigns: [{ ...campaign!, contact: (...args: Parameters<NonNullable<typeof campaign>["contact"]>) => noted(campaign!.contact(...args)) }],
      };
      const noted = <T extends { talkS: number }>(contact: T): T => (talks.push(contact.talkS), contact);
      simulate({ world: watched, law, settings: usualSettings, hours: 1, days: 1, seed: 5 });
      return talks;
    };
    const [one, other] = [met(laws.progressive), met(laws.vicidial)];
    const length = Math.min(one.length, other.length);
    expect(length).toBeGreaterThan(100);
    expect(one.slice(0, length)).toEqual(other.slice(0, length));
  });

  test("calls add up: every live answer is talked to, abandoned or taken for a machine", () => {
    const world = worldOf("W5", { ...ten, amd: { falsePositive: 0.03, falseNegative: 0.2 } });
    const settings = { ...usualSettings, amdFalsePositive: 0.03, linesPerOperator: 2 };
    const [day] = simulate({ world, law: laws.progressive, settings, hours: 8, days: 1, seed: 1 });
    expect(day!.answers).toBe(day!.conversations + day!.abandoned + day!.takenForMachines);
    expect(day!.abandoned).toBeGreaterThan(0);
    expect(day!.takenForMachines).toBeGreaterThan(0);
    expect(day!.busyS).toBeLessThanOrEqual(day!.loggedS);
  });

  test("one line for each idle operator abandons nobody, and preview is slower by its thinking", () => {
    const progressive = run(laws.progressive, "W1", ten, 4);
    const preview = run(laws.preview, "W1", ten, 4);
    expect(progressive.abandonment.mean).toBe(0);
    expect(preview.abandonment.mean).toBe(0);
    expect(progressive.perOperatorHour.mean / preview.perOperatorHour.mean).toBeGreaterThan(1.04);
  });
});

describe("statistics", () => {
  test("Student's t at the freedoms that tables print", () => {
    for (const [freedom, value] of [
      [1, 12.706],
      [3, 3.182],
      [9, 2.262],
      [29, 2.045],
      [1000, 1.962],
    ] as const) {
      expect(Math.abs(studentT(freedom) - value)).toBeLessThan(0.01 * value);
    }
  });

  test("a binomial's tail, counted out", () => {
    // P[X > 1] of ten at 10 %: 1 − 0.9^10 − 10 · 0.1 · 0.9^9.
    expect(binomialAbove(10, 0.1)).toBeCloseTo(1 - 0.9 ** 10 - 0.9 ** 9, 12);
  });
});

describe("ours", () => {
  test("risk of overflow is close to the exact convolution", () => {
    const convolved = (chances: readonly number[]) =>
      chances.reduce<number[]>((all, chance) => [...all, 0].map((_, k) => (all[k] ?? 0) * (1 - chance) + (all[k - 1] ?? 0) * chance), [1]);
    const moments = (chances: readonly number[]) => ({
      mean: chances.reduce((sum, each) => sum + each, 0),
      variance: chances.reduce((sum, each) => sum + each * (1 - each), 0),
    });
    const chances = fc.array(fc.double({ min: 0.001, max: 0.6, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(chances, chances, fc.integer({ min: -3, max: 12 }), (answers, freed, need) => {
        const [a, d] = [convolved(answers), convolved(freed)];
        let exact = 0;
        a.forEach((up, i) => d.forEach((down, j) => (exact += i - j >= need ? up * down : 0)));
        expect(Math.abs(overflow(moments(answers), moments(freed), need) - exact)).toBeLessThan(0.05);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  const state = (memory: Memory, team: Partial<TeamView>, dials: number[] = []): PacingState<Memory> => ({
    memory,
    team: { agents: 10, idle: 0, waiting: 0, talking: [], wrapping: [], inboundPerS: 0, linesFree: 100, ...team },
    campaigns: [{ dials, segments: dials.map(() => 0), open: true, priority: 0, nextSegment: 0 }],
  });

  const trained = (): Memory => {
    const memory = marginalRisk.begin(usualSettings);
    simulateDay({ world: worldOf("W1", ten), law: marginalRisk, memory, seed: 1, day: 0, hours: 2 });
    return memory;
  };

  test("begins one to one, and says so", () => {
    expect(marginalRisk.decide(state(marginalRisk.begin(usualSettings), { idle: 4, waiting: 1 }, [0]), 1)).toMatchObject({ dial: [2], note: "cold-start" });
  });

  test("a decision changes nothing, and a memory that was stored goes on as if it had not been", () => {
    const memory = trained();
    const view = { idle: 3, talking: [6900, 7000, 7100, 7150], wrapping: [7190] };
    const before = JSON.stringify(memory);
    const decision = marginalRisk.decide(state(memory, view, [7195]), 7200);
    expect(decision.dial[0]).toBeGreaterThan(2);
    expect(JSON.stringify(memory)).toBe(before);
    const stored = JSON.parse(before) as Memory;
    expect(marginalRisk.decide(state(stored, view, [7195]), 7200)).toEqual(decision);
    const goesOn = (each: Memory) => simulateDay({ world: worldOf("W1", ten), law: marginalRisk, memory: each, seed: 2, day: 1, hours: 1 });
    expect(goesOn(stored)).toEqual(goesOn(memory));
  });

  test("falls back to one to one while the 30 days are over the cap, and comes back with new credit", () => {
    const memory = trained();
    const { budget } = memory.campaigns[0]!;
    Object.assign(budget.month, { answers: 30_000, abandoned: 899 });
    budget.hours = Array.from({ length: 240 }, (_, index) => ({ hour: index - 240, answers: 125, abandoned: 3 }));
    const idle = { idle: 5, talking: [7000, 7100] };
    expect(marginalRisk.decide(state(memory, idle), 7200).note).toBeUndefined();
    budget.month.abandoned = 900;
    expect(marginalRisk.decide(state(memory, idle), 7200)).toMatchObject({ dial: [5], note: "over-cap" });
    budget.month.answers = 31_000;
    expect(marginalRisk.decide(state(memory, idle), 7200).note).toBeUndefined();
  });

  test.each([["day"], ["24 hours"]] as const)("a cap over a %s: fewer days break it than under 30 days alone", (window) => {
    const days = (windows: PacingSettings["windows"]) => run(marginalRisk, "W0", ten, 16, { windows });
    const [bound, usual] = [days([window, "30 days"]), days(["30 days"])];
    expect(bound.daysOver).toBeLessThan(usual.daysOver);
    expect(bound.worstDay).toBeLessThan(usual.worstDay);
    expect(bound.occupancy.mean).toBeGreaterThan(usual.occupancy.mean - 0.03);
  });

  test("never more than there are lines, nothing for a closed campaign, the urgent one first", () => {
    const memory = trained();
    expect(marginalRisk.decide(state(memory, { idle: 8, linesFree: 3 }), 7200).dial).toEqual([3]);
    const closed = state(memory, { idle: 8 });
    expect(marginalRisk.decide({ ...closed, campaigns: closed.campaigns.map((each) => ({ ...each, open: false })) }, 7200).dial).toEqual([0]);
    const two = marginalRisk.begin({ ...usualSettings, campaigns: 2 });
    const [campaign] = closed.campaigns;
    const decision = marginalRisk.decide(
      {
        memory: two,
        team: { ...closed.team, idle: 4 },
        campaigns: [
          { ...campaign!, priority: 2 },
          { ...campaign!, priority: 1 },
        ],
      },
      1,
    );
    expect(decision.dial).toEqual([0, 4]);
  });

  test("an answering segment is dialled less than one that does not answer", () => {
    const memory = trained();
    const { dials } = memory.campaigns[0]!;
    dials.segments = [
      { answered: 160, all: 400 },
      { answered: 20, all: 400 },
    ];
    const wanted = (nextSegment: number) => {
      const view = state(memory, { idle: 4, talking: [7000] });
      return marginalRisk.decide({ ...view, campaigns: view.campaigns.map((each) => ({ ...each, nextSegment })) }, 7200).dial[0]!;
    };
    expect(wanted(1)).toBeGreaterThan(wanted(0));
  });

  test("detection of machines that takes over half of the cap is turned off; below, its errors are charged", () => {
    const errs = (falsePositive: number) => run(marginalRisk, "W5", { agents: 20, answerRate: 0.3, amd: { falsePositive, falseNegative: 0.05 } }, 8);
    const memory = marginalRisk.begin({ ...usualSettings, amdFalsePositive: 0.016 });
    expect(marginalRisk.decide(state(memory, { idle: 1 }), 1)).toMatchObject({ amd: false });
    const charged = errs(0.01);
    expect(charged.abandonment.mean).toBeLessThanOrEqual(0.03);
    expect(errs(0.08).abandonment.mean).toBeLessThanOrEqual(0.03);
  });

  test("what it keeps does not grow with the days", () => {
    const world = worldOf("W1", { agents: 20, answerRate: 0.3 });
    const memory = marginalRisk.begin(usualSettings);
    const size = (day: number) => {
      simulateDay({ world, law: marginalRisk, memory, seed: 1, day, hours: 1 });
      return JSON.stringify(memory).length;
    };
    const first = size(0);
    for (let day = 1; day < 40; day++) size(day);
    // 720 hours of counts at most, whatever happens in them.
    expect(size(40)).toBeLessThan(first + 720 * 60);
  });
});

describe("bars, on a sample of what `npm run bench -- pacing` measures", () => {
  test.each([
    [5, 0.3, 0.03, 0.985],
    [20, 0.3, 0.03, 0.985],
    [10, 0.6, 0.03, 0.985],
    [10, 0.3, 0.01, 0.975],
  ])("W0, %i agents at %d, cap %d: at least %d of the optimum from a cold start", (agents, answerRate, cap, bar) => {
    const { occupancy, abandonment, daysOver, daysOverByChance } = run(marginalRisk, "W0", { agents, answerRate }, 30, { cap });
    expect(occupancy.mean / solveBound({ agents, answerRate, handleS: 140, ringS: 12, patienceS: 2 }, cap).occupancy).toBeGreaterThan(bar);
    expect(abandonment.mean).toBeLessThanOrEqual(cap);
    expect(daysOver).toBeLessThanOrEqual(daysOverByChance);
  });

  test("pooled campaigns keep 50 operators at least 5 points busier than five teams of ten", () => {
    const options = { agents: 50, answerRate: 0.3 };
    const pooled = run(marginalRisk, "W6", options, 2);
    const separate = run(marginalRisk, "W6", { ...options, separate: true }, 4);
    expect(pooled.occupancy.mean - separate.occupancy.mean).toBeGreaterThan(0.05);
    expect(pooled.inboundInTime).toBeGreaterThan(0.95);
  });

  test("W2, the same drift every day: no half hour stays over the cap for more than 30 minutes", () => {
    const world = worldOf("W2", ten);
    const days = simulate({ world, law: marginalRisk, settings: usualSettings, hours: 8, days: 40, seed: 1 });
    expect(longestOver(rollingOf(days), 0.03)).toBeLessThanOrEqual(30);
  });

  test("a drift at another time every day: the whole run is under the cap", () => {
    const [base] = worldOf("W2", ten).campaigns;
    const memory = marginalRisk.begin(usualSettings);
    const days = Array.from({ length: 12 }, (_, day) => {
      const later = ((day * 0.618) % 1) * 7200;
      const world = { ...worldOf("W2", ten), campaigns: [{ ...base!, contact: (uniform: () => number, at: number) => base!.contact(uniform, at + later) }] };
      return simulateDay({ world, law: marginalRisk, memory, seed: 1, day, hours: 8 });
    });
    expect(memory.campaigns[0]!.dials.rate.shape.strength).toBeLessThan(0.1);
    expect(summaryOf([days], 0.03).abandonment.mean).toBeLessThanOrEqual(0.03);
  });

  test.each<[WorldName]>([["W1"], ["W2"], ["W3"], ["W4"]])("%s: under the cap, and ahead of one to one", (name) => {
    const ours = run(marginalRisk, name, { agents: 20, answerRate: 0.3 }, 6);
    expect(ours.abandonment.mean).toBeLessThanOrEqual(0.03);
    expect(ours.perOperatorHour.mean).toBeGreaterThan(1.15 * run(laws.progressive, name, { agents: 20, answerRate: 0.3 }, 6).perOperatorHour.mean);
  });
});
