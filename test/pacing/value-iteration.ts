import type { Grid, MarkovTeam } from "../../runtime/campaigns/pacing/bound/markov-team.ts";

/**
 * Best long-run gain a second by relative value iteration over the uniformised chain (R. Bellman, 1957; D. White, 1963): any
 * number of dials may be added in any state. Slow, and written apart from the solver that it checks.
 */
export function bestGain(team: MarkovTeam, grid: Grid, price: number): number {
  const { agents, answerRate, handleS, ringS, patienceS } = team;
  const high = grid.customersTo;
  const most = grid.dialsTo;
  const rate = agents / handleS + (high - agents) / patienceS + most / ringS;
  let values = Array.from({ length: high + 1 }, () => new Float64Array(most + 1));
  let gain = 0;
  for (let round = 0; round < 400_000; round++) {
    // What a state is worth when dials may be added first.
    const best = values.map((row) => {
      const out = Float64Array.from(row);
      for (let dials = most - 1; dials >= 0; dials--) out[dials] = Math.max(out[dials]!, out[dials + 1]!);
      return out;
    });
    const next = values.map((row, customers) =>
      row.map((value, dials) => {
        const busy = Math.min(customers, agents);
        const waiting = Math.max(0, customers - agents);
        const resolved = dials / ringS;
        const served = busy / handleS;
        const leaves = waiting / patienceS;
        const up = customers === high ? best[high]![Math.max(0, dials - 1)]! - price : best[customers + 1]![Math.max(0, dials - 1)]!;
        const out =
          busy -
          price * leaves +
          resolved * answerRate * up +
          resolved * (1 - answerRate) * best[customers]![Math.max(0, dials - 1)]! +
          (served + leaves) * best[Math.max(0, customers - 1)]![dials]!;
        return out / rate + (1 - (resolved + served + leaves) / rate) * value;
      }),
    );
    const at = Math.max(1, agents - 1);
    const base = next[at]![0]!;
    let least = Number.POSITIVE_INFINITY;
    let largest = Number.NEGATIVE_INFINITY;
    for (let customers = 0; customers <= high; customers++) {
      for (let dials = 0; dials <= most; dials++) {
        // Nothing at all happens in the empty state: it is no state to rest in.
        if (customers === 0 && dials === 0) continue;
        const change = next[customers]![dials]! - values[customers]![dials]!;
        least = Math.min(least, change);
        largest = Math.max(largest, change);
      }
    }
    gain = ((least + largest) / 2) * rate;
    values = next.map((row) => row.map((value) => value - base));
    values[0]![0] = values[0]![1]! - 1e6;
    if ((largest - least) * rate < 1e-7) break;
  }
  return gain;
}
