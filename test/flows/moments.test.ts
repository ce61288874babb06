import { describe, expect, test } from "vitest";
import { evaluate, type Scope } from "../../flows/expressions/evaluate.ts";
import { momentOf } from "../../flows/strategy/moment-of.ts";

const scope: Scope = { inputs: {}, vars: {}, result: {}, call: {}, caller: {}, operator: {}, contact: { at: "2026-11-25T10:30+03:00" }, now: {} };

describe("moments", () => {
  test.each([
    ["shift(contact.at, -1440)", "2026-11-24T10:30+03:00"],
    ["shift(contact.at, -180)", "2026-11-25T07:30+03:00"],
    ["shift('2026-12-31T23:45', 30)", "2027-01-01T00:15"],
    ["shift('2026-03-01', -1440)", "2026-02-28"],
    ["shift('2026-03-01', 90)", "2026-03-01T01:30"],
    ["minutesBetween('2026-11-25T10:30', contact.at)", 0],
    ["minutesBetween('2026-11-25', '2026-11-26T01:00')", 1500],
  ])("%s", (source, expected) => expect(evaluate(source, scope, "ru")).toBe(expected));

  test.each(["shift('завтра', 5)", "shift(contact.at, 'час')", "minutesBetween('', contact.at)"])("%s is a fault in words", (source) =>
    expect(() => evaluate(source, scope, "ru")).toThrow(/date|number|not/),
  );

  test.each([
    ["2026-11-25T10:30+03:00", "Asia/Vladivostok", "2026-11-25T07:30:00.000Z"],
    ["2026-11-25T10:30", "Asia/Vladivostok", "2026-11-25T00:30:00.000Z"],
    ["2026-11-25T10:30:00Z", "Europe/Moscow", "2026-11-25T10:30:00.000Z"],
    ["2026-11-25", "Europe/Moscow", "2026-11-24T21:00:00.000Z"],
    // The night the clocks go forward: 02:30 is not there, an hour later is meant.
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T12:00", "Europe/Berlin", "2026-10-25T11:00:00.000Z"],
  ])("%s in %s", (text, zone, expected) => expect(new Date(momentOf(text, zone)!).toISOString()).toBe(expected));

  test.each(["", "soon", "2026-13-45T10:00", "25.13.2026"])("%j is no moment", (text) => expect(momentOf(text, "Europe/Moscow")).toBeNull());
});
