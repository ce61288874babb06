/** The clock of the runtime. Tests inject their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch: for what is stored and shown. It may step, back too. */
  now(): number;
  /** Milliseconds since some moment, never stepping: for intervals. Absent where `now` never steps. */
  elapsed?(): number;
  /** Calls back once after `ms`, whatever `now` does; returns a function that cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** For intervals: how long something took, until when something holds. */
export function elapsed(clock: Clock): number {
  return clock.elapsed?.() ?? clock.now();
}
