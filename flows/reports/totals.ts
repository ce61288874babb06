import { ways, type CallFacts, type Way } from "./call-facts.ts";
import { permilles } from "./permilles.ts";
import { wilson } from "./wilson.ts";

/** Calls with equal facts: a single call, or a group from the store. */
export type Cell = CallFacts & { flow: string; calls: number };

/**
 * One row: number of calls, their share from 0 to 1, its 95 % interval (Wilson), and the displayed share in
 * thousandths: those of a breakdown add up to 1000 exactly.
 */
export type TotalsRow<Key> = { key: Key; calls: number; share: number; low: number; high: number; permille: number };

export type Totals = {
  calls: number;
  /** Results of the calls, in the order of `ways`, including rows without calls. */
  ways: TotalsRow<Way>[];
  /** Most frequent first; null, no reason given, comes last. A reason belongs to a flow. */
  reasons: TotalsRow<{ flow: string; reason: string } | null>[];
  /** Most frequent first; null, no outcome, comes last. */
  outcomes: TotalsRow<string | null>[];
  ended: TotalsRow<CallFacts["ended"]>[];
};

/**
 * Sums cells into totals. Every call is in exactly one row of each breakdown, because each breakdown splits the same cells
 * by one of their facts; so the calls of a breakdown add up to `calls`. Cells with a count that is no whole positive number
 * are left out of everything. Definitions of the facts: `callFacts`.
 */
export function totalsOf(cells: Iterable<Cell>): Totals {
  const counted = [...cells].filter(({ calls }) => Number.isSafeInteger(calls) && calls > 0);
  const calls = counted.reduce((sum, cell) => sum + cell.calls, 0);
  const reasonKey = ({ flow, reason }: Cell): string | null => (reason === null ? null : JSON.stringify([flow, reason]));
  const byWay = split(counted, (cell) => cell.way);
  return {
    calls,
    ways: rows(ways.map((way) => [way, byWay.get(way) ?? 0])),
    reasons: rows(frequent(split(counted, reasonKey)).map(([key, count]) => [key === null ? null : reasonOf(key), count])),
    outcomes: rows(frequent(split(counted, (cell) => cell.outcome))),
    ended: rows(frequent(split(counted, (cell) => cell.ended))),
  };
}

function reasonOf(key: string): { flow: string; reason: string } {
  const [flow = "", reason = ""] = JSON.parse(key) as string[];
  return { flow, reason };
}

function split<Key>(cells: readonly Cell[], keyOf: (cell: Cell) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const cell of cells) {
    const key = keyOf(cell);
    counts.set(key, (counts.get(key) ?? 0) + cell.calls);
  }
  return counts;
}

function frequent<Key extends string | null>(counts: ReadonlyMap<Key, number>): [Key, number][] {
  return [...counts].sort(([a, m], [b, n]) => Number(a === null) - Number(b === null) || n - m || (String(a) < String(b) ? -1 : 1));
}

function rows<Key>(counts: readonly [Key, number][]): TotalsRow<Key>[] {
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const shown = permilles(counts.map(([, count]) => count));
  return counts.map(([key, calls], index) => ({ key, calls, share: all === 0 ? 0 : calls / all, ...wilson(calls, all), permille: shown[index]! }));
}
