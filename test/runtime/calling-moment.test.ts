import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nowParts } from "../../flows/language/zoned.ts";
import { productionDay } from "../../flows/schema/production-calendar.ts";
import { allow, type CallHistory } from "../../runtime/campaigns/calling-rules/allow.ts";
import { capFreeAt } from "../../runtime/campaigns/calling-rules/frequency.ts";
import { at, day, debtor, history, hour, moscow, past, shown } from "./known-calls.ts";

/** Written without the engine: a call at `moment` to a debtor in Russia by a person, by the words of 230-FZ and the campaign's window. */
function lawfulDebtCall(moment: number, given: CallHistory): boolean {
  const open = given.zones.every((zone) => {
    const { date, time, weekday } = nowParts(moment, zone);
    const { kind } = productionDay("ru", date, weekday);
    const rest = kind === "off" || (kind !== "working" && weekday > 5);
    const legal = rest ? "09:00" <= time && time < "20:00" : "08:00" <= time && time < "22:00";
    return legal && given.window.days.includes(weekday) && given.window.from <= time && time < given.window.to;
  });
  const monday = (zone: string, when: number) => {
    const { date, weekday } = nowParts(when, zone);
    return new Date(Date.parse(date) - (weekday - 1) * day).toISOString().slice(0, 10);
  };
  if (!open) return false;
  const caps = given.zones.every((zone) => {
    const alike = (same: (zone: string, when: number) => string) =>
      given.calls.filter((call) => call.answered && same(zone, call.at) === same(zone, moment)).length;
    return alike((where, when) => nowParts(when, where).date) < 1 && alike(monday) < 2 && alike((where, when) => nowParts(when, where).date.slice(0, 7)) < 8;
  });
  const lately = given.calls.filter((call) => moment - call.at < day).length;
  const abandoned = given.calls.some((call) => call.events.includes("abandoned") && moment - call.at < 72 * hour);
  return caps && lately < given.maxPerDay && !abandoned;
}

const zone = fc.constantFrom("Europe/Kaliningrad", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok");
const debtHistory = (now: number) =>
  fc
    .record({
      zones: fc.uniqueArray(zone, { minLength: 1, maxLength: 3 }),
      ages: fc.array(fc.record({ minutes: fc.integer({ min: 1, max: 9 * 1440 }), answered: fc.boolean(), abandoned: fc.boolean() }), { maxLength: 4 }),
      from: fc.constantFrom("00:00", "09:00", "10:30"),
      to: fc.constantFrom("18:00", "20:00", "24:00"),
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 5 }),
      maxPerDay: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ zones, ages, from, to, days, maxPerDay }) =>
      history({
        ...debtor,
        zones,
        maxPerDay,
        window: { from, to, days },
        calls: ages.map(({ minutes, answered, abandoned }) => past(now - minutes * 60_000, { answered, events: answered && abandoned ? ["abandoned"] : [] })),
      }),
    );

describe("the moment a call waits for", () => {
  test("is what a search minute by minute finds (hours, holidays, several zones, calendar and rolling caps, cool-off)", () => {
    const starts = fc.constantFrom("2026-11-24T05:00:00Z", "2026-11-27T20:00:00Z", "2026-12-30T12:00:00Z", "2026-05-08T15:00:00Z", "2025-10-31T18:00:00Z");
    const given = fc.tuple(starts, fc.nat(3000)).chain(([start, after]) => {
      const now = at(start) + after * 60_000;
      return fc.tuple(fc.constant(now), debtHistory(now));
    });
    fc.assert(
      fc.property(given, ([now, known]) => {
        const verdict = allow(now, moscow, "debt", known);
        const moment = verdict.verdict === "defer" ? verdict.until : verdict.verdict === "deny" ? Infinity : now;
        if (moment < Infinity) expect(lawfulDebtCall(moment, known)).toBe(true);
        const searched = Math.min(moment, now + 4 * day);
        for (let before = now; before < searched; before += 60_000) {
          if (lawfulDebtCall(before, known)) throw new Error(`${new Date(before).toISOString()} was lawful, before ${shown(verdict)}`);
        }
        if (moment > now && moment < Infinity) expect(lawfulDebtCall(moment - 1, known)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test("asked again at that moment it is allowed, and asked twice it says the same", () => {
    const given = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-06-01T00:00:00Z") }).chain((now) => fc.tuple(fc.constant(now), debtHistory(now)));
    fc.assert(
      fc.property(given, ([now, known]) => {
        const verdict = allow(now, moscow, "debt", known);
        expect(allow(now, moscow, "debt", structuredClone(known))).toEqual(verdict);
        if (verdict.verdict === "defer") expect(allow(verdict.until, moscow, "debt", known).verdict).toBe("allow");
      }),
      { numRuns: 200 },
    );
  });

  test("a cap frees at the first millisecond that has room (calendar and rolling, clock changes included)", () => {
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Europe/Moscow", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo");
    const periods = fc.constantFrom(
      { calendar: "day" as const },
      { calendar: "week" as const },
      { calendar: "month" as const },
      { rollingHours: 24 },
      { rollingHours: 168 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1.76e12, max: 1.83e12 }),
        zones,
        periods,
        fc.array(fc.nat(40 * 24), { maxLength: 6 }),
        fc.integer({ min: 1, max: 3 }),
        (now, where, period, ages, max) => {
          const calls = ages.map((age) => now - age * hour);
          const start = (when: number) => {
            const { date, weekday } = nowParts(when, where);
            if (!("calendar" in period)) return "";
            if (period.calendar === "week") return new Date(Date.parse(date) - (weekday - 1) * day).toISOString().slice(0, 10);
            return period.calendar === "day" ? date : date.slice(0, 7);
          };
          const room = (when: number) =>
            calls.filter((call) => ("calendar" in period ? start(call) === start(when) : when - call < period.rollingHours * hour)).length < max;
          const free = capFreeAt(now, calls, max, period, where);
          expect(free).toBeGreaterThanOrEqual(now);
          expect(room(free)).toBe(true);
          if (free > now) expect(room(free - 1)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("Friday night before a spring change: hours that the clock skips", () => {
    const skipped = history({ zones: ["Europe/Berlin"], window: { from: "02:30", to: "02:45", days: [1, 2, 3, 4, 5, 6, 7] } });
    expect(allow(at("2026-03-28T12:00:00Z"), "+4930123456", "survey", skipped)).toMatchObject({ until: at("2026-03-30T02:30:00+02:00") });
    const through = history({ zones: ["Europe/Berlin"], window: { from: "02:30", to: "04:00", days: [1, 2, 3, 4, 5, 6, 7] } });
    expect(allow(at("2026-03-28T12:00:00Z"), "+4930123456", "survey", through)).toMatchObject({ until: at("2026-03-29T03:00:00+02:00") });
  });
});
