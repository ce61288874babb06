import type { Value } from "../schema/values.ts";

/** Above these a queue is busy: seconds of estimated wait, callers waiting. */
export type QueueLimits = { busyWait: number; busyWaiting: number };

/** The exit that a queue's figures mean: open, staffed, waiting, ewt (estimated wait in seconds). */
export function queueExit(figures: Value | undefined, limits: QueueLimits): "free" | "busy" | "unstaffed" | "closed" {
  const known = (typeof figures === "object" && figures !== null && !Array.isArray(figures) ? figures : {}) as Record<string, Value>;
  const { open = true, staffed = 1, waiting = 0, ewt = 0 } = known;
  if (open === false) return "closed";
  if (Number(staffed) <= 0) return "unstaffed";
  return Number(ewt) > limits.busyWait || Number(waiting) > limits.busyWaiting ? "busy" : "free";
}
