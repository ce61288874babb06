/** Milliseconds that a piece of work takes. */
export function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** Milliseconds by the clock, and of a core: what other programs take from the machine meanwhile is not in the second. */
export type Taken = { wall: number; cpu: number };

export function taken(work: () => unknown): Taken {
  const used = process.cpuUsage();
  const wall = timed(work);
  const { user, system } = process.cpuUsage(used);
  return { wall, cpu: (user + system) / 1_000 };
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export const medians = (samples: readonly Taken[]): Taken => ({ wall: median(samples.map((each) => each.wall)), cpu: median(samples.map((each) => each.cpu)) });
