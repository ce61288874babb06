/** The input of a pacing algorithm: current counts. */
export type PacingState = {
  /** Most lines the campaign may use at once. */
  maxLines: number;
  /** Lines dialling or talking. */
  linesInUse: number;
  /** Requests filed and not granted. */
  waiting: number;
  /** Grants in the last second, and how many are allowed (calls per second). */
  grantedLastSecond: number;
  callsPerSecond: number;
};

export type Decision = { dial: number; lookAgainMs: number };

/**
 * How many requests to grant now, and when to decide again. Pure. First algorithm: `ivm`, a fixed number of lines
 * (no operator waits, so nobody can be abandoned), bounded by calls per second.
 */
export function decide(state: PacingState, _now: number): Decision {
  const free = Math.max(0, state.maxLines - state.linesInUse);
  const rate = Math.max(0, state.callsPerSecond - state.grantedLastSecond);
  const dial = Math.min(free, rate, state.waiting);
  return { dial, lookAgainMs: state.waiting > dial && free > dial ? 250 : 1000 };
}
