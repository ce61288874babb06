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

/** Time-sorted IDs: milliseconds in base 36, a counter, and 40 random bits. */
export function timeIds(): Ids {
  let count = 0;
  return {
    next() {
      count = (count + 1) % 1296;
      return `${Date.now().toString(36)}${count.toString(36).padStart(2, "0")}${randomBytes(5).toString("hex")}`;
    },
  };
}
