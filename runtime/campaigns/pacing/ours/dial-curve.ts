import type { PacingEvent } from "../law.ts";
import { rateMemory, rateRested, rateSeen, type RateMemory } from "./answer-rate.ts";

/** What one campaign's dials have taught: when they end, answered or not, and how often they are answered lately. */
export type DialMemory = {
  answered: RingTimes;
  unanswered: RingTimes;
  /** Dials ended: ever, and since the day began. */
  resolved: number;
  today: number;
  rate: RateMemory;
  /** Fading counts of each segment of the list. */
  segments: { answered: number; all: number }[];
};

/** How long dials rang, by whole second; a newer one weighs more, so that old ones fade. */
type RingTimes = { counts: number[]; weight: number };

const longestRingS = 120;
const remembered = 3_000;
const recently = 400;

const ringTimes = (): RingTimes => ({ counts: Array.from({ length: longestRingS }, () => 0), weight: 1 });

export const dialMemory = (): DialMemory => ({ answered: ringTimes(), unanswered: ringTimes(), resolved: 0, today: 0, rate: rateMemory(), segments: [] });

type DialEnd = Extract<PacingEvent, { type: "answered" | "unanswered" }>;

export function dialEnded(memory: DialMemory, { ringS, at, segment, type }: DialEnd): void {
  const isAnswered = type === "answered";
  const times = isAnswered ? memory.answered : memory.unanswered;
  const second = Math.min(longestRingS - 1, Math.max(0, Math.floor(ringS)));
  times.counts[second] = times.counts[second]! + times.weight;
  times.weight /= 1 - 1 / remembered;
  if (times.weight > 1e9) {
    times.counts = times.counts.map((each) => each / times.weight);
    times.weight = 1;
  }
  memory.resolved += 1;
  memory.today += 1;
  const value = rateSeen(memory.rate, isAnswered, at);
  while (memory.segments.length <= segment) memory.segments.push({ answered: 0, all: 0 });
  fade(memory.segments[segment]!, value, recently);
}

function fade(count: { answered: number; all: number }, value: number, over: number): void {
  count.answered += value - count.answered / over;
  count.all += 1 - count.all / over;
}

export function dialsRested(memory: DialMemory): void {
  memory.today = 0;
  rateRested(memory.rate);
}

/** How many times as often as the rest a segment answers; shrunk to 1 as by fifty dials. */
export function segmentOdds(memory: DialMemory, segment: number): number {
  const own = memory.segments[segment];
  const rate = memory.rate.rate;
  return own && memory.segments.length > 1 ? (own.answered + 50 * rate) / (own.all + 50) / rate : 1;
}

export type DialCurve = {
  /** Answer rate that they are drawn with. */
  rate: number;
  /** Quantiles of the time from dialling to an answer, seconds: the moments that risk is looked at. */
  horizons: readonly number[];
  /** chances[h][age]: a dial of that age in whole seconds is answered within horizons[h] from now; last, one placed now. */
  chances: readonly (readonly number[])[];
};

const levels = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * Chances from the answer rate of lately and the two distributions of ringing times, which stay while the rate drifts:
 * P = p · (Fa(a + τ) − Fa(a)) / (1 − p · Fa(a) − (1 − p) · Fo(a)).
 */
export function dialCurve(memory: DialMemory): DialCurve {
  const rate = memory.rate.upper;
  const byAnswer = distribution(memory.answered, 11);
  const byRest = distribution(memory.unanswered, 18);
  const horizons = levels.map((level) => timeOf(byAnswer, level));
  const chances = horizons.map((horizon) =>
    Array.from({ length: placedNow + 1 }, (_, index) => {
      // Ages are whole seconds, half a second into them on average; the last one is placed now.
      const age = index === placedNow ? 0 : index + 0.5;
      const rings = 1 - rate * valueAt(byAnswer, age) - (1 - rate) * valueAt(byRest, age);
      return Math.min(1, Math.max(0, (rate * (valueAt(byAnswer, age + horizon) - valueAt(byAnswer, age))) / Math.max(1e-6, rings)));
    }),
  );
  return { rate, horizons, chances };
}

/** Index of a dial that is placed now in `chances[h]`. */
export const placedNow = longestRingS;

/** Share ended before each whole second; an exponential prior of that mean is worth ten observations. */
function distribution({ counts, weight }: RingTimes, priorMean: number): number[] {
  const prior = (second: number) => 1 - Math.exp(-second / priorMean);
  const total = counts.reduce((sum, each) => sum + each, 0) / weight;
  let seen = 0;
  const out = [0];
  for (let second = 1; second <= longestRingS; second++) {
    seen += counts[second - 1]! / weight;
    out.push((seen + 10 * prior(second)) / (total + 10 * prior(longestRingS)));
  }
  return out;
}

function valueAt(sums: readonly number[], at: number): number {
  const low = Math.floor(at);
  if (low >= sums.length - 1) return sums.at(-1)!;
  return sums[low]! + (at - low) * (sums[low + 1]! - sums[low]!);
}

function timeOf(sums: readonly number[], level: number): number {
  const after = sums.findIndex((each) => each >= level);
  if (after <= 0) return 0.5;
  const before = sums[after - 1]!;
  return after - 1 + (level - before) / Math.max(1e-12, sums[after]! - before);
}
