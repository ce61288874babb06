/**
 * Staffing calculators. Rates are per second, times in seconds. Erlang B by its recursion, Erlang C from it
 * (A. K. Erlang, 1917), Erlang A (M/M/n+M) by the stationary distribution of its birth-death chain (C. Palm, 1946).
 */
export type Staffing = {
  /** Offered load, erlangs. */
  load: number;
  agents: number;
  /** Share of calls that wait at all. */
  waits: number;
  /** Mean wait of all calls, seconds; Infinity when the queue grows without end. */
  meanWaitS: number;
  /** Busy share of an agent. */
  occupancy: number;
  /** Share of calls given up while waiting; 0 in Erlang C. */
  abandons: number;
};

/** Blocking probability of `agents` servers offered `load` erlangs, no queue. */
export function erlangB(agents: number, load: number): number {
  let blocking = 1;
  for (let n = 1; n <= agents; n++) blocking = (load * blocking) / (n + load * blocking);
  return blocking;
}

/** Callers with endless patience. */
export function erlangC(agents: number, callsPerS: number, handleS: number): Staffing {
  const load = callsPerS * handleS;
  if (agents <= load) return { load, agents, waits: 1, meanWaitS: Number.POSITIVE_INFINITY, occupancy: 1, abandons: 0 };
  const blocking = erlangB(agents, load);
  const waits = (agents * blocking) / (agents - load * (1 - blocking));
  return { load, agents, waits, meanWaitS: (waits * handleS) / (agents - load), occupancy: load / agents, abandons: 0 };
}

/** Share of calls answered within `withinS` (service level) under Erlang C. */
export function serviceLevel({ agents, load, waits }: Staffing, handleS: number, withinS: number): number {
  return agents <= load ? 0 : 1 - waits * Math.exp((-(agents - load) * withinS) / handleS);
}

/** Callers who give up after an exponential patience of mean `patienceS`. */
export function erlangA(agents: number, callsPerS: number, handleS: number, patienceS: number): Staffing {
  const load = callsPerS * handleS;
  // Weights relative to state `agents`, so that nothing overflows: downwards and upwards from there.
  let busy = 1;
  let total = 1;
  let busyAgents = agents;
  for (let n = agents, weight = 1; n > 0 && weight > 1e-18; n--) {
    weight *= n / load;
    total += weight;
    busyAgents += weight * (n - 1);
  }
  let queue = 0;
  for (let k = 1, weight = 1; weight > 1e-18 && k < 1_000_000; k++) {
    weight *= callsPerS / (agents / handleS + k / patienceS);
    total += weight;
    busy += weight;
    queue += k * weight;
    busyAgents += agents * weight;
  }
  const meanQueue = queue / total;
  return {
    load,
    agents,
    waits: busy / total,
    meanWaitS: meanQueue / callsPerS,
    occupancy: busyAgents / total / agents,
    abandons: meanQueue / patienceS / callsPerS,
  };
}

/** Fewest agents that answer `share` of calls within `withinS` under Erlang C; at most 100,000. */
export function agentsFor(callsPerS: number, handleS: number, share: number, withinS: number): number {
  for (let agents = Math.max(1, Math.ceil(callsPerS * handleS)); agents < 100_000; agents++) {
    const staffing = erlangC(agents, callsPerS, handleS);
    if (agents > staffing.load && serviceLevel(staffing, handleS, withinS) >= share) return agents;
  }
  return 100_000;
}
