/**
 * The number of successes among many that are independent but not alike, by its mean and variance: a binomial of the
 * same two moments (exact where all are alike; M. Camp 1951, W. Ehm 1991 for how close it is where not).
 */
export type Moments = { mean: number; variance: number };

const negligible = 1e-10;
const buffers = [new Float64Array(4096), new Float64Array(4096)] as const;

/** Probabilities of first, first + 1, … successes in `into`, scaled to 1. */
function binomial({ mean, variance }: Moments, into: Float64Array): { first: number; length: number } {
  if (mean <= 1e-12) return ((into[0] = 1), { first: 0, length: 1 });
  const chance = Math.min(1 - 1e-9, Math.max(1e-9, 1 - variance / mean));
  const trials = mean / chance;
  const odds = chance / (1 - chance);
  const mode = Math.min(Math.floor((trials + 1) * chance), Math.ceil(trials));
  const width = Math.min(1900, Math.ceil(8 + 6 * Math.sqrt(variance)));
  const lowest = Math.max(0, mode - width);
  into[mode - lowest] = 1;
  let total = 1;
  let first = mode;
  for (let weight = 1; first > lowest; first--) {
    weight *= first / ((trials - first + 1) * odds);
    if (!(weight > negligible)) break;
    into[first - 1 - lowest] = weight;
    total += weight;
  }
  let last = mode;
  for (let weight = 1; last < mode + width && last < trials; last++) {
    weight *= ((trials - last) * odds) / (last + 1);
    if (weight < negligible) break;
    into[last + 1 - lowest] = weight;
    total += weight;
  }
  const length = last - first + 1;
  for (let i = 0, from = first - lowest; i < length; i++) into[i] = into[i + from]! / total;
  return { first, length };
}

/** Probability that answers − freed ≥ need: a further answer would find no operator. */
export function overflow(answers: Moments, freed: Moments, need: number): number {
  const [up, down] = buffers;
  const a = binomial(answers, up);
  const d = binomial(freed, down);
  // Tails of the answers, in place.
  for (let i = a.length - 2; i >= 0; i--) up[i] = up[i]! + up[i + 1]!;
  let sum = 0;
  for (let i = 0; i < d.length; i++) {
    const from = need + d.first + i - a.first;
    if (from < a.length) sum += down[i]! * (from <= 0 ? 1 : up[from]!);
  }
  return Math.min(1, sum);
}
