/** 97.5 % quantile of the normal distribution. */
const z = 1.959964;

/**
 * The 95 % interval of a share, `part` of `all`, from 0 to 1 (E. B. Wilson, "Probable inference…", JASA 22, 1927). Honest
 * with few calls, where the plain formula is not. Without calls nothing is known: from 0 to 1.
 */
export function wilson(part: number, all: number): { low: number; high: number } {
  if (all <= 0) return { low: 0, high: 1 };
  const share = part / all;
  const scale = 1 + (z * z) / all;
  const middle = (share + (z * z) / (2 * all)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  return { low: part <= 0 ? 0 : Math.max(0, middle - half), high: part >= all ? 1 : Math.min(1, middle + half) };
}
