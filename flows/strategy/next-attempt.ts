import type { RetryRule } from "../commands.ts";
import { usesUpAttempt } from "./attempt-outcomes.ts";
import { inOtherDayPart } from "./day-parts.ts";
import type { RetrySettings } from "./retry-settings.ts";

/** Attempts so far, oldest first, including line failures, which do not count. `detail`: the detailed outcome, if known. */
export type PastAttempt = { outcome: string; endedAt: number; startedAt?: number; detail?: string | null };
/** Rules of the strategy, what the campaign adds, the zone of the contact, and the first moment at or after one that the law allows (null: never). */
export type RetryPlan = {
  rules: RetryRule[];
  maxAttempts: number;
  settings?: RetrySettings;
  zone?: string;
  opens?: (at: number) => number | null;
};
export type Next = { at: number; rule: RetryRule } | { exhausted: string };

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;
const dayMinutes = 1440;

/**
 * When to try again after the last outcome: its rule's minutes (whole days spread, if the campaign says so), plus the increment for
 * every earlier outcome of the same kind, at most `max` times and `maxAttempts` in all; then the first moment that keeps to the
 * caps of a day and a week, to another part of the day and to the law, all together. Pure: the same history gives the same answer.
 */
export function nextAttempt(history: readonly PastAttempt[], plan: RetryPlan, now: number): Next {
  const last = history.at(-1);
  if (!last) return { exhausted: "no attempt yet" };
  const rule = plan.rules.find((item) => item.outcome === last.outcome);
  if (!rule) return { exhausted: `no rule for "${last.outcome}"` };
  const counted = history.filter((attempt) => usesUpAttempt(attempt.outcome, attempt.detail));
  if (counted.length >= plan.maxAttempts) return { exhausted: `${plan.maxAttempts} attempts made` };
  const alike = history.filter((attempt) => attempt.outcome === last.outcome).length;
  if (alike > rule.max) return { exhausted: `"${last.outcome}" ${alike} times` };
  const wait = waitMinutes(rule, alike, plan.settings?.spreadHours) * 60_000;
  const due = last.endedAt + wait;
  const starts = counted.map((attempt) => attempt.startedAt ?? attempt.endedAt);
  const patience = shiftsAfter(last, plan) ? agreed(due, starts, plan, same) : null;
  const shift = patience === null ? same : otherPart(last, plan, patience + weekMs);
  const at = agreed(Math.max(now, due), starts, plan, shift);
  return at === null ? { exhausted: "the calling window never opens" } : { at, rule };
}

/** A rule of whole days waits for the spread hours instead of each of them, another one each time. */
function waitMinutes(rule: RetryRule, alike: number, spread: readonly number[] | undefined): number {
  const minutes = rule.minutes + rule.increment * (alike - 1);
  if (!spread || minutes === 0 || minutes % dayMinutes !== 0) return minutes;
  const hours = spread[(alike - 1) % spread.length]!;
  return minutes - dayMinutes + hours * 60;
}

const same = (at: number): number => at;

const shiftsAfter = (last: PastAttempt, { settings }: RetryPlan): boolean => settings?.shiftAfter?.some((outcome) => outcome === last.outcome) ?? false;

/** Moves a moment to another part of the day than that of the last attempt; gives way after `until`, so that it can never keep a contact for good. */
const otherPart =
  (last: PastAttempt, { zone = "UTC", settings }: RetryPlan, until: number) =>
  (at: number): number =>
    at < until ? inOtherDayPart(at, last.startedAt ?? last.endedAt, zone, settings?.dayParts) : at;

/** Part of the day, caps and law each move the moment on; they are asked in turn until none does. Null: the law never opens. */
function agreed(from: number, starts: readonly number[], plan: RetryPlan, shift: (at: number) => number): number | null {
  const { settings = {}, opens = same } = plan;
  let at = from;
  for (let turn = 0; turn < 400; turn++) {
    const open = opens(capped168(capped24(shift(at), starts, settings.perDay), starts, settings.perWeek));
    if (open === null || open === at) return open;
    at = open;
  }
  return opens(at);
}

const capped24 = (at: number, starts: readonly number[], max: number | undefined): number => freeAt(at, starts, max, 24 * hourMs);
const capped168 = (at: number, starts: readonly number[], max: number | undefined): number => freeAt(at, starts, max, weekMs);

/** The first moment at or after `at` with fewer than `max` starts in the window before it. */
function freeAt(at: number, starts: readonly number[], max: number | undefined, windowMs: number): number {
  if (max === undefined) return at;
  const within = starts.filter((start) => at - start < windowMs).sort((a, b) => a - b);
  return within.length < max ? at : within[within.length - max]! + windowMs;
}
