import { expect, test } from "vitest";
import { timeIds } from "../../runtime/system.ts";

test.each([
  ["many in a millisecond", [5, 5, 5]],
  ["a clock that is set back", [9, 3, 4]],
  ["a clock that goes", [1, 2, 3]],
])("ids sort in the order in which they were made: %s", (_title, clock) => {
  let asked = 0;
  const ids = timeIds(() => clock[Math.floor(asked++ / 2_000)]!);
  const made = Array.from({ length: 6_000 }, () => ids.next());
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});
