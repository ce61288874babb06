/**
 * How long things last, learned from what has ended: a hazard for each bin of age (ends a second of
 * exposure), with exponential forgetting. Few observations are shrunk to a constant hazard: the gamma-Poisson posterior
 * with `shrink` pseudo-events a bin at the overall rate.
 */
export type HazardBins = {
  /** Upper edges of the bins, seconds; the last bin is open. */
  edges: readonly number[];
  /** Ends in each bin, and seconds spent in it, weighted. */
  ends: number[];
  exposure: number[];
  /** Weight of the next observation: grows by 1/memory, so that older ones fade. */
  weight: number;
};

export const hazardBins = (edges: readonly number[]): HazardBins => ({
  edges,
  ends: edges.concat(0).map(() => 0),
  exposure: edges.concat(0).map(() => 0),
  weight: 1,
});

/** An observation: it lasted `seconds`. `memory` is how many observations are remembered. */
export function observe(bins: HazardBins, seconds: number, memory: number): void {
  const { edges, exposure, weight } = bins;
  let from = 0;
  let index = 0;
  while (index < edges.length && seconds >= edges[index]!) {
    exposure[index] = exposure[index]! + weight * (edges[index]! - from);
    from = edges[index]!;
    index++;
  }
  exposure[index] = exposure[index]! + weight * (seconds - from);
  bins.ends[index] = bins.ends[index]! + weight;
  bins.weight /= 1 - 1 / memory;
  if (bins.weight > 1e9) rescale(bins);
}

function rescale(bins: HazardBins): void {
  const { weight } = bins;
  bins.ends = bins.ends.map((each) => each / weight);
  bins.exposure = bins.exposure.map((each) => each / weight);
  bins.weight = 1;
}

/** Ends a second, by bin. `prior` are pseudo-observations: mean seconds, and how many of them. */
export function hazardsOf(bins: HazardBins, prior: { seconds: number; count: number }, shrink = 4): number[] {
  const { ends, exposure, weight } = bins;
  const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0) / weight;
  const overall = (sum(ends) + prior.count) / (sum(exposure) + prior.count * prior.seconds);
  return ends.map((each, index) => (each / weight + shrink) / (exposure[index]! / weight + shrink / overall));
}

/** Bin of an age. */
export function binOf(edges: readonly number[], age: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (age >= edges[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
