/**
 * How much more or less often than over the whole day people answer at a time of day, learned from one day to the next:
 * a rise that comes every morning is known before it comes. Slots of ten minutes, with straight lines between their middles.
 */
export type DayShape = {
  today: Counts;
  /** Days before, fading: answers, and how many there would have been at each day's mean rate. */
  past: { answered: number[]; expected: number[] };
  /** What is reckoned with: 1 where nothing is known, and everywhere while the slots differ by no more than chance. */
  factors: number[];
  /** Root mean square of `factors` − 1. */
  strength: number;
};
type Counts = { dials: number[]; answered: number[] };

const slotS = 600;
const slots = 86_400 / slotS;
const kept = 0.93;
/** One answer where hardly any are expected must not count for hundreds. */
const largest = 5;

const none = (): number[] => Array.from({ length: slots }, () => 0);

export const dayShape = (): DayShape => ({
  today: { dials: none(), answered: none() },
  past: { answered: none(), expected: none() },
  factors: none().map(() => 1),
  strength: 0,
});

/** Factor of the answer rate at a moment. */
export function factorAt({ factors, strength }: DayShape, at: number): number {
  if (strength === 0) return 1;
  const place = at / slotS - 0.5;
  const low = Math.floor(place);
  const before = factors[modulo(low)]!;
  return before + (place - low) * (factors[modulo(low + 1)]! - before);
}

export function dialCounted({ today }: DayShape, isAnswered: boolean, at: number): void {
  const slot = modulo(Math.floor(at / slotS));
  today.dials[slot] = today.dials[slot]! + 1;
  if (isAnswered) today.answered[slot] = today.answered[slot]! + 1;
}

const modulo = (slot: number): number => ((slot % slots) + slots) % slots;
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** Yesterday is known as a whole: its slots against its mean. */
export function shapeLearned(shape: DayShape): void {
  const { today, past } = shape;
  const dials = sum(today.dials);
  if (dials === 0) return;
  const mean = sum(today.answered) / dials;
  past.answered = past.answered.map((each, slot) => kept * each + today.answered[slot]!);
  past.expected = past.expected.map((each, slot) => kept * each + today.dials[slot]! * mean);
  shape.today = { dials: none(), answered: none() };
  shape.factors = shrunk(past, mean);
  shape.strength = Math.sqrt(sum(shape.factors.map((factor) => (factor - 1) ** 2)) / Math.max(1, past.expected.filter((each) => each > 0).length));
}

/**
 * Slots drawn to 1 by as much of their spread as chance explains (empirical Bayes: B. Efron, C. Morris, 1973); all 1 when
 * chance alone explains the spread (χ², three standard deviations).
 */
function shrunk({ answered, expected }: DayShape["past"], rate: number): number[] {
  const used = expected.flatMap((each, slot) => (each >= 1 ? [slot] : []));
  const noise = (slot: number) => expected[slot]! * (1 - rate);
  const square = (slot: number) => (answered[slot]! - expected[slot]!) ** 2;
  const chi = sum(used.map((slot) => square(slot) / Math.max(1e-9, noise(slot))));
  if (chi < used.length + 3 * Math.sqrt(2 * used.length)) return expected.map(() => 1);
  const spread = sum(used.map((slot) => square(slot) - noise(slot))) / sum(used.map((slot) => expected[slot]! ** 2));
  return expected.map((each, slot) => {
    if (each < 1) return 1;
    const factor = 1 + (answered[slot]! / each - 1) * (spread / (spread + (1 - rate) / each));
    return Math.min(largest, Math.max(1 / largest, factor));
  });
}
