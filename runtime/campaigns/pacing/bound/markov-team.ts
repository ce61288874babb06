/**
 * World W0, the Markov model of a dialling team: exponential handling, ringing and patience. A state
 * is (customers, dials): live customers in service or waiting, and dials in flight. Dials may be added at any event.
 */
export type MarkovTeam = {
  agents: number;
  /** Probability that a dial is answered by a live person. */
  answerRate: number;
  /** Means, seconds. */
  handleS: number;
  ringS: number;
  patienceS: number;
};

/** The part of the plane that is solved. Customers above `customersTo` are lost at once, as an abandonment each. */
export type Grid = { customersFrom: number; customersTo: number; dialsTo: number };

/** A policy: for each number of customers (from `customersFrom`), the number of dials in flight to fill up to. */
export type Thresholds = readonly number[];

/** Generous to the side where probability is negligible: tests show that a wider grid changes nothing. */
export function gridOf({ agents, answerRate, handleS, ringS }: MarkovTeam): Grid {
  const spread = Math.sqrt(agents);
  const inFlight = (agents * ringS) / handleS / answerRate;
  return {
    customersFrom: Math.max(0, agents - Math.ceil(8 + 2 * spread)),
    customersTo: agents + Math.ceil(6 + spread),
    dialsTo: Math.ceil(inFlight + (2 + 0.8 * spread + Math.sqrt(inFlight * answerRate)) / answerRate) + 4,
  };
}
