import fc from "fast-check";
import { expect, test } from "vitest";
import { mobileHours, russianClocks } from "../../editor/campaigns/mobile-hours.ts";
import { agreedMoment } from "../../runtime/campaigns/calling-rules/allow.ts";
import { localTime } from "../../runtime/campaigns/calling-rules/local-time.ts";
import { russianZones } from "../../runtime/campaigns/calling-rules/zones/russian-zones.ts";

const at = Date.parse("2026-11-27T00:00:00Z");

test.each([
  ["Europe/Moscow", "09:00", "20:00", 60, ["10:00–11:00"]],
  ["Asia/Kamchatka", "09:00", "20:00", 60, ["19:00–20:00"]],
  ["UTC", "08:00", "21:30", 210, ["06:00–09:30"]],
  ["Europe/Moscow", "10:00", "20:00", 0, []],
  ["Europe/Moscow", "00:00", "24:00", 1440, ["00:00–24:00"]],
])("in %s a window %s–%s leaves a Russian mobile %i minutes", (zone, from, to, minutes, spans) => {
  const left = mobileHours(at, zone, from, to);
  expect(left.minutes).toBe(minutes);
  expect(left.spans.map((span) => `${span.from}–${span.to}`)).toEqual(spans);
});

test("the form knows the clocks that dialling knows", () => {
  const offsets = (zones: readonly string[]) => zones.map((zone) => localTime(at, zone).offset);
  expect(offsets(russianClocks)).toEqual(offsets(russianZones));
});

test("a minute is left exactly when dialling finds one, and dialling finds it where the form says", () => {
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "59"))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
  fc.assert(
    fc.property(clock, clock, (from, to) => {
      fc.pre(from < to);
      const left = mobileHours(at, "UTC", from, to);
      const moment = agreedMoment(at, russianZones, { from, to, days: [1, 2, 3, 4, 5, 6, 7] });
      expect(moment !== null).toBe(left.minutes > 0);
      if (moment === null) return;
      const time = new Date(moment).toISOString().slice(11, 16);
      expect(left.spans.some((span) => span.from <= time && time < span.to)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
