import type { RetryRule } from "../commands.ts";

/** Attempts so far, oldest first. Technical failures are listed too; they do not count against `maxAttempts`. */
export type PastAttempt = { outcome: string; endedAt: number };
export type RetryPlan = { rules: RetryRule[]; maxAttempts: number };
export type Next = { at: number; rule: RetryRule } | { exhausted: string };

const technical = new Set(["failed", "denied"]);

/**
 * When to try again after the last outcome: its rule's minutes, plus the increment for every earlier outcome of
 * the same kind, at most `max` times and `maxAttempts` in all. Pure.
 */
export function nextAttempt(history: readonly PastAttempt[], plan: RetryPlan, now: number): Next {
  const last = history.at(-1);
  if (!last) return { exhausted: "no attempt yet" };
  const rule = plan.rules.find((item) => item.outcome === last.outcome);
  if (!rule) return { exhausted: `no rule for "${last.outcome}"` };
  const counted = history.filter((attempt) => !technical.has(attempt.outcome)).length;
  if (counted >= plan.maxAttempts) return { exhausted: `${plan.maxAttempts} attempts made` };
  const alike = history.filter((attempt) => attempt.outcome === last.outcome).length;
  if (alike > rule.max) return { exhausted: `"${last.outcome}" ${alike} times` };
  const wait = (rule.minutes + rule.increment * (alike - 1)) * 60_000;
  return { at: Math.max(now, last.endedAt + wait), rule };
}
