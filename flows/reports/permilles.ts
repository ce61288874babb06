/**
 * Shares of counts in whole thousandths that add up to exactly 1000 (all zero when there is nothing to share): each is
 * rounded down and the largest remainders get what is left (the method of Hamilton and Hare). Counts are not negative.
 */
export function permilles(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (count / all) * 1000);
  const shown = exact.map(Math.floor);
  const left = 1000 - shown.reduce((sum, share) => sum + share, 0);
  const order = exact.map((share, index) => ({ index, rest: share - Math.floor(share) })).sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order.slice(0, left)) shown[index]!++;
  return shown;
}
