import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentsFor, erlangA, erlangB, erlangC, serviceLevel } from "../../runtime/campaigns/pacing/staffing.ts";

describe("Erlang C", () => {
  // calls per period, period s, handle s, service level: share, within s → agents, P(wait), SL, ASA s, occupancy
  test.each([
    [100, 1800, 180, 0.8, 20, 14, 0.1741, 0.8884, 7.84, 0.7143],
    [200, 1800, 180, 0.8, 20, 24, 0.2981, 0.8089, 13.41, 0.8333],
    [1000, 3600, 240, 0.8, 20, 74, 0.2835, 0.8461, 9.28, 0.9009],
    [60, 1800, 300, 0.8, 30, 14, 0.1741, 0.8833, 13.06, 0.7143],
  ])("%i calls in %i s of %i s", (calls, period, handle, share, within, agents, waits, level, asa, occupancy) => {
    const found = agentsFor(calls / period, handle, share, within);
    const staffing = erlangC(found, calls / period, handle);
    expect(found).toBe(agents);
    expect(staffing.waits).toBeCloseTo(waits, 4);
    expect(serviceLevel(staffing, handle, within)).toBeCloseTo(level, 4);
    expect(staffing.meanWaitS).toBeCloseTo(asa, 2);
    expect(staffing.occupancy).toBeCloseTo(occupancy, 4);
  });

  test("a published example: 250 an hour, 330 s, 28 agents", () => {
    const staffing = erlangC(28, 250 / 3600, 330);
    expect(staffing.waits).toBeCloseTo(0.2272, 4);
    expect(serviceLevel(staffing, 330, 30)).toBeCloseTo(0.8569, 4);
    expect(staffing.meanWaitS).toBeCloseTo(14.75, 2);
  });

  test("too few agents: the queue grows without end", () => expect(erlangC(5, 1, 10)).toMatchObject({ waits: 1, meanWaitS: Number.POSITIVE_INFINITY }));
});

describe("Erlang A", () => {
  test.each([
    [10, 100 / 1800, 180, 120, 0.4969, 0.1375, 16.5],
    [12, 100 / 1800, 180, 120, 0.2798, 0.0616, 7.39],
    [24, 250 / 3600, 330, 180, 0.3802, 0.0734, 13.21],
    [50, 48, 1, 2, 0.4678, 0.0309, 0.0618],
  ])("%i agents", (agents, rate, handle, patience, waits, abandons, wait) => {
    const staffing = erlangA(agents, rate, handle, patience);
    expect(staffing.waits).toBeCloseTo(waits, 4);
    expect(staffing.abandons).toBeCloseTo(abandons, 4);
    expect(staffing.meanWaitS).toBeCloseTo(wait, patience > 10 ? 2 : 4);
  });

  test("those who give up are the mean wait over the patience; agents serve the rest; limits are C and B", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150 }),
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        fc.double({ min: 1, max: 600, noNaN: true }),
        (agents, share, patience) => {
          const handle = 180;
          const rate = (agents * share) / handle;
          const staffing = erlangA(agents, rate, handle, patience);
          expect(staffing.abandons).toBeCloseTo(staffing.meanWaitS / patience, 9);
          expect(staffing.occupancy).toBeCloseTo((staffing.load * (1 - staffing.abandons)) / agents, 6);
          if (share < 0.9) expect(erlangA(agents, rate, handle, 1e9).waits).toBeCloseTo(erlangC(agents, rate, handle).waits, 4);
          expect(erlangA(agents, rate, handle, 1e-7).abandons).toBeCloseTo(erlangB(agents, staffing.load), 4);
        },
      ),
      { numRuns: 200 },
    );
  });
});
