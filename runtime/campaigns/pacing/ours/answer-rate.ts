import { dayShape, dialCounted, factorAt, shapeLearned, type DayShape } from "./time-of-day.ts";

/**
 * How often dials are answered lately, when "lately" may be an hour or a week: fading means of several lengths, of which
 * the longest is believed that no shorter one contradicts (intersection of confidence intervals: O. Lepski, 1990;
 * A. Goldenshluger, A. Nemirovski, 1997). Steady lists are averaged over thousands of dials, a drift over dozens.
 */
export type RateMemory = {
  shape: DayShape;
  seen: number;
  means: number[];
  /** The rate that is believed, the time of day apart, and how much of the time of late the longer means were contradicted: 0 steady, 1 drifting. */
  rate: number;
  drift: number;
  /** The rate of this time of day and one standard error: what is reckoned with, so that a few dials of a new day do not set off hundreds. */
  upper: number;
};

const lengths = [40, 80, 160, 320, 640, 1280, 2560];
const doubt = 1.8;
const driftOver = 400;

/** A third of dials is answered, until better is known. */
const usualRate = 1 / 3;
const usualWeight = 10;
const restedWeight = 10;

export const rateMemory = (): RateMemory => ({ shape: dayShape(), seen: 0, means: lengths.map(() => usualRate), rate: usualRate, drift: 0, upper: usualRate });

/** One more dial ended. Answers what it counts for at this time of day: rarer answers count for more. */
export function rateSeen(memory: RateMemory, isAnswered: boolean, at: number): number {
  const { shape } = memory;
  dialCounted(shape, isAnswered, at);
  memory.seen += 1;
  const factor = factorAt(shape, at);
  const value = isAnswered ? 1 / factor : 0;
  for (let index = 0; index < lengths.length; index++) {
    const share = Math.max(1 / lengths[index]!, 1 / (memory.seen + usualWeight));
    memory.means[index] = memory.means[index]! + share * (value - memory.means[index]!);
  }
  const { rate, weight, contradicted } = believed(memory);
  memory.rate = Math.min(0.995, Math.max(0.002, rate));
  memory.upper = Math.min(0.995, factor * (memory.rate + Math.sqrt((memory.rate * (1 - memory.rate)) / weight)));
  memory.drift += ((contradicted ? 1 : 0) - memory.drift) / driftOver;
  return value;
}

/** How unlike the half hours are, 0 to 1: by what was contradicted of late, or by the shape of the day. */
export const unevenness = ({ drift, shape }: RateMemory): number => Math.min(1, Math.max(0, (drift - 0.4) / 0.3, shape.strength / 0.2));

/** After a night the list may answer differently: what was learned counts for twenty dials. */
export function rateRested(memory: RateMemory): void {
  shapeLearned(memory.shape);
  memory.seen = Math.min(memory.seen, restedWeight);
}

function believed({ means, seen }: RateMemory): { rate: number; weight: number; contradicted: boolean } {
  let low = 0;
  let high = 1;
  let rate = means[0]!;
  let believedWeight = 1;
  for (let index = 0; index < lengths.length; index++) {
    const mean = means[index]!;
    const weight = Math.min(seen + usualWeight, 2 * lengths[index]!);
    const half = doubt * Math.sqrt(Math.max(0.005, mean * (1 - mean)) / weight);
    low = Math.max(low, mean - half);
    high = Math.min(high, mean + half);
    if (low > high) return { rate, weight: believedWeight, contradicted: true };
    rate = mean;
    believedWeight = weight;
  }
  return { rate, weight: believedWeight, contradicted: false };
}
