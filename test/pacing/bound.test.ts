import { describe, expect, test } from "vitest";
import bounds from "../../runtime/campaigns/pacing/bound/bounds.json" with { type: "json" };
import { evaluatePolicy } from "../../runtime/campaigns/pacing/bound/evaluate-policy.ts";
import { gridOf, type MarkovTeam } from "../../runtime/campaigns/pacing/bound/markov-team.ts";
import { bestPolicy, solveBound } from "../../runtime/campaigns/pacing/bound/solve-bound.ts";
import { erlangA, erlangB } from "../../runtime/campaigns/pacing/staffing.ts";
import { bestGain } from "./value-iteration.ts";

const team = (agents: number, answerRate: number, more: Partial<MarkovTeam> = {}): MarkovTeam => ({ agents, answerRate, ...bounds.world, ...more });

describe("the exact bound of W0", () => {
  // Figures of an independent program, to a tenth of a point.
  test.each([
    [5, 0.3, 83.1],
    [10, 0.3, 86.3],
    [20, 0.3, 90.2],
    [50, 0.3, 94.5],
    [100, 0.3, 96.7],
    [10, 0.1, 83.2],
    [20, 0.1, 88.9],
    [50, 0.6, 95.1],
  ])("%i agents at %d", (agents, answerRate, occupancy) => {
    const bound = solveBound(team(agents, answerRate), 0.03);
    expect(Math.abs(bound.occupancy * 100 - occupancy)).toBeLessThan(0.06);
    expect(bound.abandonment).toBeCloseTo(0.03, 9);
  });

  test("the committed table is what is solved, for up to 20 agents", () => {
    for (const row of bounds.teams.filter(({ agents }) => agents <= 20)) {
      expect(solveBound(team(row.agents, row.answerRate), row.cap).occupancy, JSON.stringify(row)).toBeCloseTo(row.occupancy, 5);
    }
  }, 120_000);

  test("larger teams, better answer rates and looser caps are never worse", () => {
    const at = (agents: number, answerRate: number, cap: number) =>
      bounds.teams.find((row) => row.agents === agents && row.answerRate === answerRate && row.cap === cap)?.occupancy;
    for (const { agents, answerRate, cap, occupancy } of bounds.teams) {
      const next = bounds.teams.find((row) => row.agents > agents && row.answerRate === answerRate && row.cap === cap);
      if (next) expect(next.occupancy).toBeGreaterThan(occupancy);
      expect(at(agents, answerRate, 0.03)!).toBeGreaterThanOrEqual(at(agents, answerRate, 0.01)!);
      const easier = bounds.teams.find((row) => row.agents === agents && row.answerRate > answerRate && row.cap === cap);
      if (easier) expect(easier.occupancy).toBeGreaterThan(occupancy);
    }
  });

  test("a wider grid changes nothing", () => {
    for (const each of [team(10, 0.1), team(20, 0.3)]) {
      const { customersTo, dialsTo } = gridOf(each);
      const wide = solveBound(each, 0.03, { customersFrom: 0, customersTo: customersTo + 8, dialsTo: Math.ceil(dialsTo * 1.5) });
      expect(Math.abs(wide.occupancy - solveBound(each, 0.03).occupancy)).toBeLessThan(2e-6);
    }
  }, 60_000);
});

describe("against other ways", () => {
  // Value iteration knows no thresholds: any number of dials in any state.
  test.each([
    [1, 0.3, 60],
    [2, 0.3, 79],
    [2, 0.6, 40],
    [3, 0.3, 90],
    [5, 0.6, 50],
  ])("value iteration over all policies: %i agents at %d, price %i", (agents, answerRate, price) => {
    const each = team(agents, answerRate);
    const policy = bestPolicy(each, price);
    expect(policy.busy - price * policy.abandoned).toBeCloseTo(bestGain(each, gridOf(each), price), 5);
  });

  test("every policy of a single agent with few dials, one by one", () => {
    const each = team(1, 0.5);
    const grid = { customersFrom: 0, customersTo: 4, dialsTo: 3 };
    const price = 60;
    let best = Number.NEGATIVE_INFINITY;
    for (let code = 0; code < 4 ** 5; code++) {
      const thresholds = [0, 1, 2, 3, 4].map((place) => Math.floor(code / 4 ** place) % 4);
      if (thresholds[0] === 0) continue;
      const { busy, abandoned } = evaluatePolicy(each, grid, thresholds, price);
      best = Math.max(best, busy - price * abandoned);
    }
    const policy = bestPolicy(each, price, grid);
    expect(policy.busy - price * policy.abandoned).toBeCloseTo(best, 8);
  });

  test("one agent, one line at a time: busy and ringing take turns", () => {
    // A cycle is the dials up to an answer, 12 s each, then 140 s of talk; nobody is ever abandoned.
    const each = team(1, 0.25);
    const { customersTo } = gridOf(each);
    const thresholds = Array.from({ length: customersTo + 1 }, (_, customers) => (customers === 0 ? 1 : 0));
    const { busy, abandoned } = evaluatePolicy(each, gridOf(each), thresholds, 0);
    expect(abandoned).toBe(0);
    expect(busy).toBeCloseTo(140 / (140 + 12 / 0.25), 9);
  });

  test("dials that ring very long come as a Poisson stream: Erlang A with patience, Erlang B without", () => {
    for (const [patienceS, model] of [
      [20, (rate: number) => erlangA(2, rate, 140, 20)],
      [0.001, (rate: number) => ({ occupancy: (rate * 140 * (1 - erlangB(2, rate * 140))) / 2, abandons: erlangB(2, rate * 140) })],
    ] as const) {
      let low = 1e-5;
      let high = 0.1;
      for (let round = 0; round < 60; round++) {
        const middle = (low + high) / 2;
        if (model(middle).abandons > 0.1) high = middle;
        else low = middle;
      }
      // Ringing 40 times as long as talking: what is learned while it rings is hardly of use.
      const slow = team(2, 0.9, { ringS: 5600, patienceS });
      const bound = solveBound(slow, 0.1, { customersFrom: 0, customersTo: 40, dialsTo: 120 });
      expect(bound.occupancy).toBeGreaterThan(model(low).occupancy);
      expect(bound.occupancy).toBeLessThan(model(low).occupancy * 1.08);
    }
  }, 60_000);
});
