import { randomBytes } from "node:crypto";
import type { Clock } from "./ports/clock.ts";
import type { Ids } from "./ports/ids.ts";

const longestTimer = 2 ** 31 - 1;

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, longestTimer));
    return () => clearTimeout(timer);
  },
};

/**
 * Ids that sort in the order in which they were made: milliseconds in base 36, a counter within the millisecond, and 40
 * random bits. A clock that is set back, or more than 1,296 ids in a millisecond, make them run ahead of the clock.
 */
export function timeIds(now: () => number = Date.now): Ids {
  let at = 0;
  let count = 0;
  return {
    next() {
      const ms = now();
      if (ms > at) [at, count] = [ms, 0];
      else if (++count === 1296) [at, count] = [at + 1, 0];
      return `${at.toString(36)}${count.toString(36).padStart(2, "0")}${randomBytes(5).toString("hex")}`;
    },
  };
}
