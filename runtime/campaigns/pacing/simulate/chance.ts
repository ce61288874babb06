/** Random variables from uniform numbers in [0, 1): a fixed count of them for each draw, so that streams stay in step. */
export type Uniform = () => number;

export const exponential = (uniform: Uniform, mean: number): number => -mean * Math.log(1 - uniform());

/** Erlang-3, the gamma of shape 3. */
export const gamma3 = (uniform: Uniform, mean: number): number => (-mean / 3) * Math.log((1 - uniform()) * (1 - uniform()) * (1 - uniform()));

/** By mean and coefficient of variation (G. Box, M. Muller, 1958). */
export function lognormal(uniform: Uniform, mean: number, cv: number): number {
  const sigma2 = Math.log(1 + cv * cv);
  const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return mean * Math.exp(Math.sqrt(sigma2) * normal - sigma2 / 2);
}
