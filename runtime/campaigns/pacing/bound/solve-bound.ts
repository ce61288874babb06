import { evaluatePolicy, type Evaluation } from "./evaluate-policy.ts";
import { gridOf, type Grid, type MarkovTeam, type Thresholds } from "./markov-team.ts";

/** The best result of any algorithm in W0 if at most `cap` of the live answers may be abandoned. Shares 0–1. */
export type Bound = { occupancy: number; abandonment: number; price: number };

export type Policy = { thresholds: Thresholds; busy: number; abandoned: number };

/**
 * Best policy when an abandonment costs `price` busy seconds: policy iteration (R. Howard, 1960) over thresholds. Fewer
 * dials are never worth a second look when more were best, so a policy is one number of dials for each number of customers.
 */
export function bestPolicy(team: MarkovTeam, price: number, grid: Grid = gridOf(team), start?: Thresholds): Policy {
  let best: Policy | undefined;
  for (let thresholds = start ?? oneToOne(team, grid); ;) {
    const evaluation = evaluatePolicy(team, grid, thresholds, price);
    const { busy, abandoned } = evaluation;
    const gained = best ? busy - price * abandoned - (best.busy - price * best.abandoned) : Number.POSITIVE_INFINITY;
    // Each round is better than the one before, until rounding is all that is left.
    if (gained <= 1e-11 * team.agents) return gained > 0 || !best ? { thresholds, busy, abandoned } : best;
    best = { thresholds, busy, abandoned };
    thresholds = improve(grid, thresholds, evaluation);
  }
}

const oneToOne = (team: MarkovTeam, grid: Grid): Thresholds =>
  Array.from({ length: grid.customersTo - grid.customersFrom + 1 }, (_, index) =>
    Math.min(grid.dialsTo, Math.max(0, Math.ceil((team.agents - grid.customersFrom - index) / team.answerRate))),
  );

/**
 * More dials where they are worth most; fewer only as far as every number on the way down is worth at least what the old
 * one was, because a policy stays with the dials that are in flight: so no round is worse than the one before.
 */
function improve(grid: Grid, thresholds: Thresholds, { valueAt }: Evaluation): Thresholds {
  return thresholds.map((now, index) => {
    const at = (dials: number) => valueAt(grid.customersFrom + index, dials);
    const old = at(now);
    let best = now;
    let value = old + 1e-9 * Math.max(1, Math.abs(old));
    const consider = (dials: number) => {
      if (at(dials) > value) [best, value] = [dials, at(dials)];
    };
    for (let dials = now + 1; dials <= grid.dialsTo; dials++) consider(dials);
    for (let dials = now - 1; dials >= 0 && at(dials) >= old; dials--) consider(dials);
    return best;
  });
}

/** Share of live answers that are abandoned: served ones leave at busy / handling time. */
const shareOf = (team: MarkovTeam, busy: number, abandoned: number): number => abandoned / (abandoned + busy / team.handleS);

/**
 * The exact optimum of W0 under a cap on the share of abandoned answers: bisection of the Lagrange price, then the two
 * policies on either side of the cap are mixed so that it is met exactly (F. Beutler, K. Ross, 1985: a constrained
 * average-reward problem with one constraint has such an optimum).
 */
export function solveBound(team: MarkovTeam, cap: number, grid: Grid = gridOf(team)): Bound {
  // Prices seen are between 20 and 2,000 busy seconds; the bracket is widened where that is not enough.
  let dear = 300;
  let within = bestPolicy(team, dear, grid);
  while (shareOf(team, within.busy, within.abandoned) > cap && dear < 1e9) {
    dear *= 4;
    within = bestPolicy(team, dear, grid, within.thresholds);
  }
  let cheap = Math.min(dear / 4, 75);
  let beyond = bestPolicy(team, cheap, grid, within.thresholds);
  while (shareOf(team, beyond.busy, beyond.abandoned) <= cap && cheap > 1e-3) {
    [dear, within] = [cheap, beyond];
    cheap /= 4;
    beyond = bestPolicy(team, cheap, grid, within.thresholds);
  }
  const asBound = (policy: Policy, price: number): Bound => ({
    occupancy: policy.busy / team.agents,
    abandonment: shareOf(team, policy.busy, policy.abandoned),
    price,
  });
  if (shareOf(team, beyond.busy, beyond.abandoned) <= cap) return asBound(beyond, 0);
  // At the price where both ends are worth the same, whatever a third policy is worth more is all that mixing can miss.
  for (let round = 0; round < 60 && dear / cheap > 1 + 1e-7; round++) {
    const level = (beyond.busy - within.busy) / (beyond.abandoned - within.abandoned);
    const price = level > cheap && level < dear ? level : Math.sqrt(cheap * dear);
    const policy = bestPolicy(team, price, grid, within.thresholds);
    const worth = (each: Policy) => each.busy - price * each.abandoned;
    if (price === level && worth(policy) - worth(within) < 1e-7 * team.agents) break;
    if (shareOf(team, policy.busy, policy.abandoned) > cap) [beyond, cheap] = [policy, price];
    else [within, dear] = [policy, price];
  }
  const excess = (policy: Policy) => policy.abandoned * (1 - cap) - (cap * policy.busy) / team.handleS;
  const weight = excess(beyond) / (excess(beyond) - excess(within));
  const mixed = {
    thresholds: within.thresholds,
    busy: weight * within.busy + (1 - weight) * beyond.busy,
    abandoned: weight * within.abandoned + (1 - weight) * beyond.abandoned,
  };
  return asBound(mixed, (beyond.busy - within.busy) / (beyond.abandoned - within.abandoned));
}
