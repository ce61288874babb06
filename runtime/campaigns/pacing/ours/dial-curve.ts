import { hazardBins, hazardsOf, observe, type HazardBins } from "./hazard-bins.ts";

/** What one campaign's dials have taught: when they end, answered or not, and how often they are answered lately. */
export type DialMemory = {
  bins: HazardBins;
  resolved: number;
  /** Fading counts of lately: all segments, and each segment of the list. */
  recent: { answered: number; all: number };
  segments: { answered: number; all: number }[];
};

const answered = 0;
const unanswered = 1;
const longestRingS = 60;
const edges = Array.from({ length: longestRingS }, (_, index) => index + 1);
const remembered = 5_000;
const recently = 800;

export const dialMemory = (): DialMemory => ({ bins: hazardBins(edges, 2), resolved: 0, recent: { answered: 0, all: 0 }, segments: [] });

export function dialEnded(memory: DialMemory, ringS: number, isAnswered: boolean, segment: number): void {
  observe(memory.bins, Math.max(0.01, ringS), isAnswered ? answered : unanswered, remembered);
  memory.resolved += 1;
  fade(memory.recent, isAnswered, recently);
  while (memory.segments.length <= segment) memory.segments.push({ answered: 0, all: 0 });
  fade(memory.segments[segment]!, isAnswered, recently);
}

function fade(count: { answered: number; all: number }, isAnswered: boolean, over: number): void {
  count.answered += (isAnswered ? 1 : 0) - count.answered / over;
  count.all += 1 - count.all / over;
}

/** Prior: a third of dials is answered; worth ten dials. */
export const answerRate = ({ recent }: DialMemory): number => (recent.answered + 10 / 3) / (recent.all + 10);

/** How many times as often as the rest a segment answers; shrunk to 1 as by fifty dials. */
export function segmentOdds(memory: DialMemory, segment: number): number {
  const own = memory.segments[segment];
  const rate = answerRate(memory);
  return own && memory.segments.length > 1 ? (own.answered + 50 * rate) / (own.all + 50) / rate : 1;
}

export type DialCurve = {
  /** Quantiles of the time from dialling to an answer, seconds: the moments that risk is looked at. */
  horizons: readonly number[];
  /** chances[h][age]: a dial of that age in whole seconds is answered within horizons[h] from now. */
  chances: readonly (readonly number[])[];
};

const levels = [0.1, 0.3, 0.5, 0.7, 0.9];

/** Cause-specific hazards → incidence of answers, scaled to the answer rate of lately. */
export function dialCurve(memory: DialMemory): DialCurve {
  const answers = hazardsOf(memory.bins, answered, { seconds: 45, count: 5 });
  const others = hazardsOf(memory.bins, unanswered, { seconds: 22, count: 10 });
  const first = incidence(answers, others);
  const odds = (share: number) => share / Math.max(1e-6, 1 - share);
  const lately = Math.min(0.995, answerRate(memory));
  const scale = odds(lately) / odds(Math.min(0.995, Math.max(1e-4, first.answered.at(-1)!)));
  const { answered: sums, alive } = incidence(
    answers.map((each) => each * scale),
    others,
  );
  const total = sums.at(-1)!;
  const horizons = levels.map((level) => timeOf(sums, level * total));
  const chances = horizons.map((horizon) =>
    alive.map((left, age) => Math.min(1, Math.max(0, (valueAt(sums, age + 0.5 + horizon) - valueAt(sums, age + 0.5)) / Math.max(1e-9, halfway(alive, age))))),
  );
  // A dial placed now is of age 0 exactly, not half a second.
  for (const [index, horizon] of horizons.entries()) chances[index]!.push(valueAt(sums, horizon));
  return { horizons, chances };
}

/** Index of a dial that is placed now in `chances[h]`. */
export const placedNow = longestRingS + tailS() + 1;

/** The open bin is spread over so many more seconds. */
function tailS(): number {
  return 60;
}

/** By whole seconds: share answered before it, share still ringing at it. */
function incidence(answers: readonly number[], others: readonly number[]): { answered: number[]; alive: number[] } {
  const out = { answered: [0], alive: [1] };
  for (let second = 0; second < longestRingS + tailS(); second++) {
    const bin = Math.min(second, answers.length - 1);
    const hazard = answers[bin]! + others[bin]!;
    const alive = out.alive[second]!;
    const ended = alive * (1 - Math.exp(-hazard));
    out.answered.push(out.answered[second]! + (hazard > 0 ? (ended * answers[bin]!) / hazard : 0));
    out.alive.push(alive - ended);
  }
  return out;
}

function valueAt(sums: readonly number[], at: number): number {
  const low = Math.floor(at);
  if (low >= sums.length - 1) return sums.at(-1)!;
  return sums[low]! + (at - low) * (sums[low + 1]! - sums[low]!);
}

const halfway = (alive: readonly number[], age: number): number => (age + 1 < alive.length ? (alive[age]! + alive[age + 1]!) / 2 : alive[age]!);

function timeOf(sums: readonly number[], level: number): number {
  const after = sums.findIndex((each) => each >= level);
  if (after <= 0) return 0.5;
  const before = sums[after - 1]!;
  return after - 1 + (level - before) / Math.max(1e-12, sums[after]! - before);
}
