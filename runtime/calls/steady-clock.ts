import { elapsed, type Clock } from "../ports/clock.ts";

/** What is older than this was stamped by another setting of the clock. */
const longestWayMs = 60_000;

export type SteadyClock = Clock & {
  /** The moment of an event that another thread stamped with the time of the wall. */
  momentOf(at: number): number;
};

/** The time of one call: it begins with the time of the wall and never steps, so that no deadline of the call moves when the clock is set. */
export function steadyClock(clock: Clock): SteadyClock {
  const begun = { wall: clock.now(), elapsed: elapsed(clock) };
  const now = () => begun.wall + Math.round(elapsed(clock) - begun.elapsed);
  return {
    now,
    elapsed: () => elapsed(clock),
    after: (ms, callback) => clock.after(ms, callback),
    momentOf(at) {
      const age = clock.now() - at;
      return now() - (age >= 0 && age <= longestWayMs ? age : 0);
    },
  };
}
