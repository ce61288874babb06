/** Randomness, injected for reproducible tests. */
export interface Dice {
  /** Uniform in [0, 1). */
  roll(): number;
}
