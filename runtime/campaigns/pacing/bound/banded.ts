/**
 * Gaussian elimination of a banded system without pivoting: right for M-matrices (diagonally dominant generators of
 * Markov chains), whose elimination cannot break down. Entry (i, j) is kept while −lower ≤ j − i ≤ upper.
 */
export class Banded {
  readonly size: number;
  private readonly lower: number;
  private readonly upper: number;
  private readonly width: number;
  private readonly cells: Float64Array;

  constructor(size: number, lower: number, upper: number) {
    this.size = size;
    this.lower = lower;
    this.upper = upper;
    this.width = lower + upper + 1;
    this.cells = new Float64Array(size * this.width);
  }

  add(row: number, column: number, value: number): void {
    const cell = row * this.width + column - row + this.lower;
    this.cells[cell] = this.cells[cell]! + value;
  }

  /** Solves for every right-hand side in place; the matrix is used up. */
  solve(sides: readonly Float64Array[]): void {
    const { size, lower, upper, width, cells } = this;
    for (let pivot = 0; pivot < size; pivot++) {
      const from = pivot * width + lower;
      const diagonal = cells[from]!;
      const reach = Math.min(upper, size - 1 - pivot);
      for (let row = pivot + 1, last = Math.min(size - 1, pivot + lower); row <= last; row++) {
        const to = row * width + pivot - row + lower;
        const factor = cells[to]! / diagonal;
        if (factor === 0) continue;
        for (let offset = 1; offset <= reach; offset++) cells[to + offset] = cells[to + offset]! - factor * cells[from + offset]!;
        for (const side of sides) side[row] = side[row]! - factor * side[pivot]!;
      }
    }
    for (let row = size - 1; row >= 0; row--) this.back(row, sides);
  }

  private back(row: number, sides: readonly Float64Array[]): void {
    const at = row * this.width + this.lower;
    const reach = Math.min(this.upper, this.size - 1 - row);
    for (const side of sides) {
      let rest = side[row]!;
      for (let offset = 1; offset <= reach; offset++) rest -= this.cells[at + offset]! * side[row + offset]!;
      side[row] = rest / this.cells[at]!;
    }
  }
}
