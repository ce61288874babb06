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

type Move = { rate: number; to: number; lost: number };

/** The chain of a team under a policy. States are numbered by customers, then dials, after the policy has dialled. */
class Chain {
  readonly columns: number;
  readonly states: number;
  private readonly team: MarkovTeam;
  private readonly grid: Grid;
  private readonly thresholds: Thresholds;

  constructor(team: MarkovTeam, grid: Grid, thresholds: Thresholds) {
    this.team = team;
    this.grid = grid;
    this.thresholds = thresholds;
    this.columns = grid.dialsTo + 1;
    this.states = (grid.customersTo - grid.customersFrom + 1) * this.columns;
  }

  state(customers: number, dials: number): number {
    return (customers - this.grid.customersFrom) * this.columns + dials;
  }

  busyAt(state: number): number {
    return Math.min(this.customersOf(state), this.team.agents);
  }

  /** Rates out of a state: answered, not answered, served, given up. */
  moves(state: number): Move[] {
    const { team, grid } = this;
    const customers = this.customersOf(state);
    const dials = state % this.columns;
    const out: Move[] = [];
    const add = (rate: number, to: number, flying: number, lost: number) => {
      if (rate > 0) out.push({ rate, to: this.filled(to, flying), lost });
    };
    const resolved = dials / team.ringS;
    const full = customers === grid.customersTo;
    add(resolved * team.answerRate, full ? customers : customers + 1, dials - 1, full ? 1 : 0);
    add(resolved * (1 - team.answerRate), customers, dials - 1, 0);
    // Below the grid lies nothing: a service that would lead there does not end (its probability is negligible).
    if (customers > grid.customersFrom) add(Math.min(customers, team.agents) / team.handleS, customers - 1, dials, 0);
    if (customers > team.agents) add((customers - team.agents) / team.patienceS, customers - 1, dials, 1);
    return out;
  }

  private customersOf(state: number): number {
    return this.grid.customersFrom + Math.floor(state / this.columns);
  }

  private filled(customers: number, dials: number): number {
    return this.state(customers, Math.max(dials, this.thresholds[customers - this.grid.customersFrom]!));
  }

  /** States that the policy comes back to for ever: all that can be reached from an idle team, which is reached from everywhere. */
  recurrent(): Set<number> {
    const idle = this.filled(this.grid.customersFrom, 0);
    const seen = new Set([idle]);
    const open = [idle];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const { to } of this.moves(state)) {
        if (seen.has(to)) continue;
        seen.add(to);
        open.push(to);
      }
    }
    return seen;
  }

  /** Of those, one that a good policy is often in: all agents busy, or as many as ever are, and the lines just filled. */
  reference(recurrent: ReadonlySet<number>): number {
    const { customersFrom, customersTo } = this.grid;
    for (let customers = Math.min(customersTo, this.team.agents); customers > customersFrom; customers--) {
      const state = this.filled(customers, 0);
      if (recurrent.has(state)) return state;
    }
    return this.filled(customersFrom, 0);
  }
}

/** Until the reference state is next reached, from each state: time, busy time, abandonments. */
type Until = { time: Float64Array; busy: Float64Array; lost: Float64Array; place: ReadonlyMap<number, number> };

function untilReference(chain: Chain, states: readonly number[]): Until {
  const place = new Map(states.map((state, index) => [state, index]));
  const rows = states.map((state) => chain.moves(state));
  let lower = 0;
  let upper = 0;
  rows.forEach((row, index) => {
    for (const { to } of row) {
      const target = place.get(to) ?? index;
      lower = Math.max(lower, index - target);
      upper = Math.max(upper, target - index);
    }
  });
  const matrix = new Banded(states.length, lower, upper);
  const [time, busy, lost] = [0, 0, 0].map(() => new Float64Array(states.length)) as [Float64Array, Float64Array, Float64Array];
  rows.forEach((row, index) => {
    time[index] = 1;
    busy[index] = chain.busyAt(states[index]!);
    for (const move of row) {
      matrix.add(index, index, move.rate);
      lost[index] = lost[index]! + move.rate * move.lost;
      const target = place.get(move.to);
      if (target !== undefined) matrix.add(index, target, -move.rate);
    }
  });
  matrix.solve([time, busy, lost]);
  return { time, busy, lost, place };
}

/**
 * Evaluates a threshold policy exactly: mean time, busy time and abandonments of a cycle from the reference state back
 * to it (renewal-reward), by one banded linear solve over the states that the policy visits.
 */
export function evaluatePolicy(team: MarkovTeam, grid: Grid, thresholds: Thresholds, price: number): Evaluation {
  const chain = new Chain(team, grid, thresholds);
  const recurrent = chain.recurrent();
  const reference = chain.reference(recurrent);
  recurrent.delete(reference);
  const states = [...recurrent].sort((a, b) => a - b);
  const until = untilReference(chain, states);
  const cycle = { time: 1, busy: chain.busyAt(reference), lost: 0 };
  for (const { rate, to, lost } of chain.moves(reference)) {
    const target = until.place.get(to);
    cycle.lost += rate * lost;
    if (target === undefined) continue;
    cycle.time += rate * until.time[target]!;
    cycle.busy += rate * until.busy[target]!;
    cycle.lost += rate * until.lost[target]!;
  }
  const busy = cycle.busy / cycle.time;
  const abandoned = cycle.lost / cycle.time;
  const values = new Float64Array(chain.states).fill(Number.NaN);
  const gain = busy - price * abandoned;
  values[reference] = 0;
  states.forEach((state, index) => (values[state] = until.busy[index]! - price * until.lost[index]! - gain * until.time[index]!));
  fillTransient(values, chain, grid, gain, price);
  return { busy, abandoned, valueAt: (customers, dials) => values[chain.state(customers, dials)]! };
}

/** States that the policy never comes back to lead to fewer dials or to those it does: one pass in this order gives their values. */
function fillTransient(values: Float64Array, chain: Chain, grid: Grid, gain: number, price: number): void {
  for (let dials = 0; dials <= grid.dialsTo; dials++) {
    for (let customers = grid.customersFrom; customers <= grid.customersTo; customers++) {
      const state = chain.state(customers, dials);
      if (!Number.isNaN(values[state]!)) continue;
      let rate = 0;
      let sum = chain.busyAt(state) - gain;
      for (const move of chain.moves(state)) {
        rate += move.rate;
        sum += move.rate * (values[move.to]! - price * move.lost);
      }
      values[state] = rate > 0 ? sum / rate : Number.NEGATIVE_INFINITY;
    }
  }
}
