/** Randomness, injected so that tests repeat. */
export interface Dice {
  /** Uniform in [0, 1). */
  roll(): number;
}
