import { Banded } from "./banded.ts";
import type { Grid, MarkovTeam, Thresholds } from "./markov-team.ts";

/** What a policy brings in the long run, a second, and how every state compares with the reference state. */
export type Evaluation = {
  /** Mean busy agents. */
  busy: number;
  /** Abandoned answers a second. */
  abandoned: number;
  /** Value of state (customers, dials) relative to the reference, at `price` busy seconds an abandonment; −Infinity where time would stand still. */
  valueAt(customers: number, dials: number): number;
};

type Move = { rate: number; customers: number; dials: number; lost: number };

/** Rates out of a state after the policy has dialled: answered, not answered, served, given up. */
function moves(team: MarkovTeam, grid: Grid, thresholds: Thresholds, customers: number, dials: number): Move[] {
  const { customersFrom: low, customersTo: high } = grid;
  const filled = (count: number, flying: number) => Math.max(flying, thresholds[count - low]!);
  const out: Move[] = [];
  const add = (rate: number, count: number, flying: number, lost: number) => {
    if (rate > 0) out.push({ rate, customers: count, dials: filled(count, flying), lost });
  };
  const resolved = dials / team.ringS;
  const full = customers === high;
  add(resolved * team.answerRate, full ? high : customers + 1, dials - 1, full ? 1 : 0);
  add(resolved * (1 - team.answerRate), customers, dials - 1, 0);
  // Below the grid lies nothing: a service that would lead there does not end (its probability is negligible).
  if (customers > low) add(Math.min(customers, team.agents) / team.handleS, customers - 1, dials, 0);
  if (customers > team.agents) add((customers - team.agents) / team.patienceS, customers - 1, dials, 1);
  return out;
}

/**
 * Evaluates a threshold policy exactly: mean time, busy time and abandonments of a cycle from the reference state back
 * to it (renewal-reward), by one banded linear solve over the states that the policy visits.
 */
export function evaluatePolicy(team: MarkovTeam, grid: Grid, thresholds: Thresholds, price: number): Evaluation {
  const { customersFrom: low, customersTo: high, dialsTo } = grid;
  const columns = dialsTo + 1;
  const key = (customers: number, dials: number) => (customers - low) * columns + dials;
  const atReference = Math.max(low, Math.min(high, team.agents));
  const reference = key(atReference, thresholds[atReference - low]!);
  const visited = reach(reference, columns, (customers, dials) => moves(team, grid, thresholds, customers, dials), low);
  const busyAt = (customers: number) => Math.min(customers, team.agents);

  const states = [...visited].filter((state) => state !== reference).sort((a, b) => a - b);
  const place = new Map(states.map((state, index) => [state, index]));
  const rows = states.map((state) => moves(team, grid, thresholds, low + Math.floor(state / columns), state % columns));
  let lower = 0;
  let upper = 0;
  rows.forEach((row, index) => {
    for (const move of row) {
      const target = place.get(key(move.customers, move.dials));
      if (target === undefined) continue;
      lower = Math.max(lower, index - target);
      upper = Math.max(upper, target - index);
    }
  });
  const matrix = new Banded(states.length, lower, upper);
  const sides = [0, 1, 2].map(() => new Float64Array(states.length)) as [Float64Array, Float64Array, Float64Array];
  rows.forEach((row, index) => {
    sides[0][index] = 1;
    sides[1][index] = busyAt(low + Math.floor(states[index]! / columns));
    for (const move of row) {
      matrix.add(index, index, move.rate);
      sides[2][index] = sides[2][index]! + move.rate * move.lost;
      const target = place.get(key(move.customers, move.dials));
      if (target !== undefined) matrix.add(index, target, -move.rate);
    }
  });
  matrix.solve(sides);

  const cycle = moves(team, grid, thresholds, atReference, reference % columns).reduce(
    (sum, move) => {
      const target = place.get(key(move.customers, move.dials));
      const then = (side: number) => (target === undefined ? 0 : sides[side]![target]!);
      return {
        rate: sum.rate + move.rate,
        time: sum.time + move.rate * then(0),
        busy: sum.busy + move.rate * then(1),
        lost: sum.lost + move.rate * (then(2) + move.lost),
      };
    },
    { rate: 0, time: 1, busy: busyAt(atReference), lost: 0 },
  );
  const busy = cycle.busy / cycle.time;
  const abandoned = cycle.lost / cycle.time;
  const gain = busy - price * abandoned;

  const values = new Float64Array((high - low + 1) * columns).fill(Number.NaN);
  values[reference] = 0;
  states.forEach((state, index) => (values[state] = sides[1][index]! - price * sides[2][index]! - gain * sides[0][index]!));
  // States that the policy never visits lead to fewer dials or to visited ones: one pass in this order gives their values.
  for (let dials = 0; dials <= dialsTo; dials++) {
    for (let customers = low; customers <= high; customers++) {
      if (!Number.isNaN(values[key(customers, dials)]!)) continue;
      const out = moves(team, grid, thresholds, customers, dials);
      let rate = 0;
      let sum = busyAt(customers) - gain;
      for (const move of out) {
        rate += move.rate;
        sum += move.rate * (values[key(move.customers, move.dials)]! - price * move.lost);
      }
      values[key(customers, dials)] = rate > 0 ? sum / rate : Number.NEGATIVE_INFINITY;
    }
  }
  return { busy, abandoned, valueAt: (customers, dials) => values[key(customers, dials)]! };
}

function reach(from: number, columns: number, out: (customers: number, dials: number) => Move[], low: number): Set<number> {
  const seen = new Set([from]);
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const { customers, dials } of out(low + Math.floor(state / columns), state % columns)) {
      const next = (customers - low) * columns + dials;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}
