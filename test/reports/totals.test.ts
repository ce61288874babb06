import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callFacts, ways } from "../../flows/reports/call-facts.ts";
import { permilles } from "../../flows/reports/permilles.ts";
import { totalsOf, type Cell, type Totals } from "../../flows/reports/totals.ts";
import { wilson } from "../../flows/reports/wilson.ts";
import type { JournalLine } from "../../flows/result.ts";
import { anyFlow } from "../flows/any-flow.ts";

/** Lines of every sort about nodes that exist and that do not, in any order: a journal may be cut or damaged. */
const node = fc.constantFrom("a", "b", "c", "d", "a/b", "gone", "", "toString");
const exit = fc.constantFrom("1", "2", "next", "noInput", "answered", "ok", "hangup", "constructor");
const line: fc.Arbitrary<JournalLine> = fc.oneof(
  fc.record({ at: fc.nat(), node, kind: fc.constant("entered" as const) }),
  fc.record({ at: fc.nat(), node, kind: fc.constant("left" as const), data: fc.record({ exit }) }),
  fc.record({ at: fc.nat(), node, kind: fc.constant("note" as const), data: fc.record({ back: fc.boolean() }) }),
  fc.record({ at: fc.nat(), node, kind: fc.constant("stimulus" as const), data: fc.record({ type: fc.constantFrom("connected", "digit") }) }),
  fc.record({
    at: fc.nat(),
    node: fc.constant(""),
    kind: fc.constant("end" as const),
    data: fc.record({ ended: fc.constantFrom("flow", "caller-hangup", "limit", "?"), outcome: fc.constantFrom("done", "left", null, "", 5) }),
  }),
);
const call = fc.tuple(fc.option(anyFlow, { freq: 8 }), fc.array(line, { maxLength: 12 }));
const cellOf = ([flow, journal]: [Parameters<typeof callFacts>[0], JournalLine[]]): Cell => ({ ...callFacts(flow, journal), flow: flow?.id ?? "", calls: 1 });
const breakdowns = ["ways", "reasons", "outcomes", "ended"] as const;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const counts = (totals: Totals) =>
  Object.fromEntries(breakdowns.flatMap((of) => totals[of].map(({ key, calls }) => [`${of} ${JSON.stringify(key)}`, calls] as const)));

describe("totals add up", () => {
  test("every breakdown of random journals adds up to the calls, its shares to one, what is shown to 1000", () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const totals = totalsOf(calls.map(cellOf));
        expect(totals.calls).toBe(calls.length);
        for (const of of breakdowns) {
          expect(sum(totals[of].map((row) => row.calls))).toBe(calls.length);
          expect(sum(totals[of].map((row) => row.permille))).toBe(calls.length === 0 ? 0 : 1000);
          for (const { share, low, high } of totals[of]) expect(low <= share && share <= high && low >= 0 && high <= 1).toBe(true);
        }
      }),
    );
  });

  test("one call more makes exactly one row of each breakdown larger by one, and no other", () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 15 }), call, (calls, more) => {
        const before = counts(totalsOf(calls.map(cellOf)));
        const after = counts(totalsOf([...calls, more].map(cellOf)));
        const grown = Object.keys(after).filter((key) => after[key] !== (before[key] ?? 0));
        expect(grown.map((key) => key.split(" ")[0])).toEqual([...breakdowns].filter((of) => grown.some((key) => key.startsWith(of))));
        expect(grown).toHaveLength(breakdowns.length);
        for (const key of grown) expect(after[key]).toBe((before[key] ?? 0) + 1);
      }),
    );
  });

  test("calls that a store has grouped give the same totals as one by one, in any order", () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 25 }), (calls) => {
        const cells = calls.map(cellOf);
        const groups = new Map<string, Cell>();
        for (const cell of cells) {
          const key = JSON.stringify({ ...cell, calls: 0 });
          groups.set(key, { ...cell, calls: (groups.get(key)?.calls ?? 0) + 1 });
        }
        expect(totalsOf([...groups.values()].reverse())).toEqual(totalsOf(cells));
      }),
    );
  });

  test("no calls, and counts that are none: every way is there with nothing in it", () => {
    const cell: Cell = { flow: "f", way: "other", goal: false, reason: null, outcome: null, ended: "flow", calls: 0 };
    const totals = totalsOf([cell, { ...cell, calls: -1 }, { ...cell, calls: 0.5 }, { ...cell, calls: Number.NaN }]);
    expect(totals).toMatchObject({ calls: 0, reasons: [], outcomes: [] });
    expect(totals.ways.map((row) => [row.key, row.calls, row.permille])).toEqual(ways.map((way) => [way, 0, 0]));
  });

  test("the same reason of two flows is two rows; none comes last", () => {
    const cell: Cell = { flow: "f", way: "other", goal: false, reason: "ask:1", outcome: null, ended: "flow", calls: 2 };
    const { reasons } = totalsOf([{ ...cell, reason: null, calls: 9 }, cell, { ...cell, flow: "g", calls: 3 }]);
    expect(reasons.map(({ key, calls }) => [key?.flow ?? null, calls])).toEqual([
      ["g", 3],
      ["f", 2],
      [null, 9],
    ]);
  });
});

test.each([
  [
    [1, 1, 1],
    [334, 333, 333],
  ],
  [
    [0, 5],
    [0, 1000],
  ],
  [[], []],
  [
    [0, 0],
    [0, 0],
  ],
  [
    [1, 1, 1, 1, 1, 1, 1],
    [143, 143, 143, 143, 143, 143, 142],
  ],
])("thousandths of %j are %j", (given, expected) => expect(permilles(given)).toEqual(expected));

// Brown, Cai, DasGupta, "Interval Estimation for a Binomial Proportion", Stat. Sci. 16 (2001); R: prop.test(…, correct = FALSE).
test.each([
  [0, 10, 0, 0.2775],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
  [30, 1000, 0.0211, 0.0425],
])("the interval of %i of %i", (part, all, low, high) => {
  expect(wilson(part, all).low).toBeCloseTo(low, 3);
  expect(wilson(part, all).high).toBeCloseTo(high, 3);
});
