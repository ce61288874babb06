import type { Cell } from "./totals.ts";

/** Groups calls with equal facts, so that a million calls are a few hundred cells. */
export type Tally = { add(call: Omit<Cell, "calls">): void; cells(): Cell[] };

export function tally(): Tally {
  const cells = new Map<string, Cell>();
  return {
    add({ flow, way, goal, reason, outcome, ended }) {
      const key = JSON.stringify([flow, way, goal, reason, outcome, ended]);
      const cell = cells.get(key);
      if (cell) cell.calls++;
      else cells.set(key, { flow, way, goal, reason, outcome, ended, calls: 1 });
    },
    cells: () => [...cells.values()],
  };
}
