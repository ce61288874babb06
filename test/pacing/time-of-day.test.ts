import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../flows/compile/seeded.ts";
import { dayShape, dialCounted, factorAt, shapeLearned, type DayShape } from "../../runtime/campaigns/pacing/ours/time-of-day.ts";

const hours = 8;

/** Days of dials, one every three seconds, answered at a rate of the moment. */
function lived(days: number, rate: (at: number, day: number) => number, seed: number): DayShape {
  const shape = dayShape();
  const uniform = seededRandom(seed);
  for (let day = 0; day < days; day++) {
    for (let at = 0; at < hours * 3600; at += 3) dialCounted(shape, uniform() < rate(at, day), day * 86_400 + at);
    shapeLearned(shape);
  }
  return shape;
}

const everyTenMinutes = Array.from({ length: hours * 6 - 2 }, (_, index) => 900 + index * 600);

describe("the shape of the day", () => {
  test("a drift that comes every day at the same time is known after ten of them", () => {
    const drift = (at: number) => 1 + 0.4 * Math.sin((2 * Math.PI * at) / 7200);
    const shape = lived(10, (at) => 0.3 * drift(at), 7);
    for (const at of everyTenMinutes) expect(Math.abs(factorAt(shape, 20 * 86_400 + at) - drift(at)), `at ${at} s`).toBeLessThan(0.12);
    expect(shape.strength).toBeGreaterThan(0.22);
  });

  test("days whose level differs, but not their shape, have none", () => {
    const shape = lived(10, (_, day) => (day % 2 === 0 ? 0.1 : 0.3), 7);
    expect(everyTenMinutes.map((at) => factorAt(shape, at))).toEqual(everyTenMinutes.map(() => 1));
  });

  test("from one slot to the next it goes without a jump", () => {
    const shape = lived(10, (at) => 0.3 * (1 + 0.4 * Math.sin((2 * Math.PI * at) / 7200)), 7);
    for (const at of everyTenMinutes) expect(Math.abs(factorAt(shape, at + 1) - factorAt(shape, at - 1)), `at ${at} s`).toBeLessThan(0.005);
  });

  test("hours in which hardly anybody answers count for no less than a fifth", () => {
    const shape = lived(10, (at) => (at < 21_600 ? 0.9 : 0.005), 7);
    expect(factorAt(shape, 25_500)).toBe(0.2);
  });

  test("steady lists are hardly ever taken for uneven ones", () => {
    const uneven = Array.from({ length: 60 }, (_, seed) => lived(6, () => 0.3, seed + 1)).filter(({ strength }) => strength > 0);
    expect(uneven.length).toBeLessThanOrEqual(2);
  });

  test("a shape that is gone is forgotten", () => {
    const shape = lived(50, (at, day) => (day < 10 ? 0.3 * (at < 14_400 ? 1.3 : 0.7) : 0.3), 7);
    expect(shape.strength).toBeLessThan(0.03);
  });

  test("before the first day ends, and in hours that were never worked, nothing is known", () => {
    const shape = dayShape();
    for (let at = 0; at < 3600; at++) dialCounted(shape, at % 2 === 0, at);
    expect(factorAt(shape, 1800)).toBe(1);
    expect(
      factorAt(
        lived(10, (at) => (at < 14_400 ? 0.4 : 0.15), 7),
        12 * 3600,
      ),
    ).toBe(1);
  });

  test("any counts give factors from a fifth to five", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -1e6, max: 1e9 }), fc.boolean()), { maxLength: 400 }), (dials) => {
        const shape = dayShape();
        for (const [isAnswered, at, night] of dials) {
          dialCounted(shape, isAnswered, at);
          if (night) shapeLearned(shape);
        }
        shapeLearned(shape);
        for (const factor of shape.factors) expect(factor >= 0.2 && factor <= 5).toBe(true);
      }),
    );
  });
});
