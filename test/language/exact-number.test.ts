import fc from "fast-check";
import { expect, test } from "vitest";
import { valueOf } from "../../editor/settings/cell-text.ts";
import { exactNumber } from "../../flows/language/read-number.ts";

/** A cell is a number only where that loses nothing. */
test.each<[string, number | string]>([
  ["12", 12],
  ["-3", -3],
  ["0", 0],
  ["0.5", 0.5],
  ["12.5", 12.5],
  ["1.10", "1.10"],
  ["0.30", "0.30"],
  ["007", "007"],
  ["+7", "+7"],
  ["-0", "-0"],
  ["1e5", "1e5"],
  ["40817810099910004312", "40817810099910004312"],
  ["9007199254740993", "9007199254740993"],
  ["0.1234567890123456789", "0.1234567890123456789"],
  ["12,5", "12,5"],
])("%j", (text, value) => expect(valueOf(text)).toBe(value));

test("whatever becomes a number is written back as it was", () => {
  const figures = fc.stringMatching(/^-?[0-9]{1,22}(\.[0-9]{1,12})?$/);
  fc.assert(
    fc.property(figures, (text) => {
      const number = exactNumber(text);
      if (number !== null) expect(String(number)).toBe(text);
    }),
  );
});
