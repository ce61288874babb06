import { nowParts } from "../../../flows/compile/context.ts";

export type Purpose = "information" | "survey" | "reminder" | "debt" | "advertising";

/** What is known about a number and the campaign when a call is considered. */
export type CallHistory = {
  /** Names of do-not-call lists the number is on. */
  doNotCall: string[];
  /** Zone of the callee. */
  zone: string;
  /** Calling window of the campaign in the callee's zone, "HH:MM", and weekdays 1–7. */
  window: { from: string; to: string; days: number[] };
  /** Earlier attempts to this number, in milliseconds since the epoch. */
  attempts: number[];
  maxPerDay: number;
  /** True when a machine dials and talks (no human selects the number). */
  automatic: boolean;
  country: string;
};

export type Verdict =
  | { verdict: "allow"; rule: string; evidence: string }
  | { verdict: "defer"; until: number; rule: string; evidence: string }
  | { verdict: "deny"; rule: string; evidence: string };

const dayMs = 86_400_000;

/**
 * May this number be called at this moment? Pure and replayable; the verdict is stored with the attempt.
 * First rules: do-not-call, advertising by autodialler in Russia (38-FZ art. 18(2)), calling window in the
 * callee's zone (DST-safe), attempts a day.
 */
export function allow(callAt: number, number: string, purpose: Purpose, history: CallHistory): Verdict {
  if (history.doNotCall.length > 0) return { verdict: "deny", rule: "do-not-call", evidence: `${number} is on ${history.doNotCall.join(", ")}` };
  if (purpose === "advertising" && history.automatic && history.country === "RU") {
    return { verdict: "deny", rule: "RU-38-18", evidence: "advertising must not be dialled without a human" };
  }
  const recent = history.attempts.filter((at) => callAt - at < dayMs && at <= callAt).sort((a, b) => a - b);
  const capped = recent.length >= history.maxPerDay && recent[0] !== undefined;
  const earliest = capped ? recent[recent.length - history.maxPerDay]! + dayMs : callAt;
  const opens = nextInWindow(earliest, history.zone, history.window);
  if (opens === null) return { verdict: "deny", rule: "calling-window", evidence: "the calling window never opens" };
  if (opens > callAt) {
    const rule = capped ? "attempts-per-day" : "calling-window";
    return {
      verdict: "defer",
      until: opens,
      rule,
      evidence: `${nowParts(callAt, history.zone).time} in ${history.zone}, window ${history.window.from}–${history.window.to}`,
    };
  }
  return { verdict: "allow", rule: "calling-window", evidence: `${nowParts(callAt, history.zone).time} in ${history.zone}` };
}

/** The first moment at or after `from` inside the window; null when there is none in the days ahead. Whole minutes, wall-clock, DST-safe. */
export function nextInWindow(from: number, zone: string, window: CallHistory["window"]): number | null {
  const inside = (at: number) => {
    const { time, weekday } = nowParts(at, zone);
    return window.days.includes(weekday) && window.from <= time && time < window.to;
  };
  if (inside(from)) return from;
  let at = Math.floor(from / minuteMs) * minuteMs;
  for (let jumps = 0; jumps < 20; jumps++) {
    const ahead = minutesOf(window.from) - minutesOf(nowParts(at, zone).time);
    at += (ahead > 0 ? ahead : ahead + 1440) * minuteMs;
    if (inside(at)) return earliest(at, from, window.from, zone, inside);
  }
  return null;
}

const minuteMs = 60_000;
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** A clock that was put forward on the way makes the jump land late: back to the window's first minute. */
function earliest(landed: number, from: number, opens: string, zone: string, inside: (at: number) => boolean): number {
  let at = landed;
  while (nowParts(at, zone).time !== opens && at - minuteMs > from && inside(at - minuteMs)) at -= minuteMs;
  return at;
}
