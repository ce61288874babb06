import { describe, expect, test } from "vitest";
import { barsOf, longestOver } from "../bench/pacing/bars.ts";
import { errors, jobsOf, nameOf, quickPlan, type Job } from "../bench/pacing/jobs.ts";
import { Lookup } from "../bench/pacing/lookup.ts";
import { reportOf } from "../bench/pacing/report.ts";
import type { Result } from "../bench/pacing/run-job.ts";

const bounds = new Lookup([]);

/** A run in which everything is as it should be, but what a test changes. */
function ran(job: Job, change: (job: Job) => { busy?: number; abandoned?: number; daysOver?: number; rolling?: number[] } = () => ({})): Result {
  const good = job.world === "W0" ? 0.99 * bounds.bound(job)! : job.separate ? 0.8 : 0.9;
  const { busy = job.law === "ours" ? good : 0.7, abandoned = 0.99 * job.cap, daysOver = 0.3, rolling = [0.02, 0.03, 0.02] } = change(job);
  const figure = (mean: number) => ({ mean, low: mean - 0.001, high: mean + 0.001 });
  const summary = {
    occupancy: figure(busy),
    abandonment: figure(abandoned),
    worstDay: 0.035,
    daysOver,
    daysOverByChance: 0.45,
    perOperatorHour: figure(25 * busy),
    idleP95: 20,
    waitP99: 0.5,
    dials: 1000,
    conversations: 300,
    mostLines: 20,
    inboundInTime: 1,
  };
  return { name: nameOf(job), job, summary, rolling };
}

const jobs: Job[] = [
  ...jobsOf(quickPlan),
  ...(["W1", "W2", "W3", "W4"] as const).map((world): Job => ({
    world,
    agents: 10,
    answerRate: 0.3,
    cap: 0.03,
    law: "vicidial",
    setting: "default",
    days: 6,
    seeds: [1],
  })),
  ...errors.map((amd): Job => ({ world: "W5", agents: 10, answerRate: 0.3, cap: 0.03, law: "vicidial", setting: "default", amd, days: 6, seeds: [1] })),
];
const missed = (change?: Parameters<typeof ran>[1]) => barsOf(quickPlan, new Lookup(jobs.map((job) => ran(job, change)))).filter(({ met }) => !met);
const ours = (fits: (job: Job) => boolean, changed: ReturnType<NonNullable<Parameters<typeof ran>[1]>>) => (job: Job) =>
  job.law === "ours" && fits(job) ? changed : {};

describe("the bars of `npm run bench -- pacing`", () => {
  test("all are met where all is well, and each is judged", () => {
    expect(missed()).toEqual([]);
    expect(barsOf(quickPlan, new Lookup(jobs.map((job) => ran(job))))).toHaveLength(11);
  });

  test.each<[string, (job: Job) => ReturnType<NonNullable<Parameters<typeof ran>[1]>>, RegExp, RegExp]>([
    ["too far below the optimum", ours(({ world, agents, cap }) => world === "W0" && agents === 5 && cap === 0.03, { busy: 0.7 }), /W0.*optimum/, /N = 5/],
    [
      "over the cap in W0",
      ours(({ world, agents, cap }) => world === "W0" && agents === 20 && cap === 0.01, { abandoned: 0.0101 }),
      /W0, cap 1.00 %: abandonment/,
      /1\.01 %.*N = 20/,
    ],
    [
      "more days over the cap than chance gives",
      ours(({ world, agents, cap }) => world === "W0" && agents === 10 && cap === 0.03, { daysOver: 0.5 }),
      /days over/,
      /50\.00 % against 45\.00 %.*N = 10/,
    ],
    ["behind the best of the grid", ours(({ world }) => world === "W3", { busy: 0.69 }), /best VICIdial setting/, /-1\.4 % ahead \(W3/],
    [
      "over the cap with detection",
      ours(({ world, amd }) => world === "W5" && amd!.falsePositive === 0.08, { abandoned: 0.031 }),
      /whole run/,
      /3\.10 %.*8\.00 %/,
    ],
    ["half hours over the cap too long", ours(({ world }) => world === "W4", { rolling: Array.from({ length: 7 }, () => 0.031) }), /W4, N = 10/, /35 min/],
    ["pooling that brings little", ours(({ world, separate }) => world === "W6" && !separate, { busy: 0.84 }), /W6/, /4\.0 points/],
  ])("%s is missed, and where is said", (_, change, bar, figure) => {
    const [first, ...more] = missed(change).filter((each) => bar.test(each.bar));
    expect(more).toEqual([]);
    expect(first?.figure).toMatch(figure);
  });

  test("time over the cap is counted in one piece", () => {
    expect(longestOver([0.04, 0.04, 0.02, 0.04, 0.04, 0.04, 0.03], 0.03)).toBe(15);
    expect(longestOver([], 0.03)).toBe(0);
  });

  test("the report names a bar that is missed, and shows every figure with its interval", () => {
    const lookup = new Lookup(
      jobs.map((job) =>
        ran(
          job,
          ours(({ world }) => world === "W4", { rolling: Array.from({ length: 7 }, () => 0.031) }),
        ),
      ),
    );
    const report = reportOf(quickPlan, lookup, { p50us: 1, p99us: 2, mostInFlight: 3, decisions: 4, timesRealTime: 20_000 }, "2026-11-27");
    expect(report.match(/\*\*missed\*\*/g)).toHaveLength(1);
    expect(report).toMatch(/W4, N = 10.*longest 35 min over.*\*\*missed\*\*/);
    const table = report.slice(report.indexOf("## W1"), report.indexOf("## W2"));
    expect(table).toContain("90.0 ± 0.10 (2.97 ± 0.10)");
  });
});
