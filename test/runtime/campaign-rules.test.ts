import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nowParts } from "../../flows/language/zoned.ts";
import { allow, type CallHistory, type PastCall, type Purpose } from "../../runtime/campaigns/calling-rules/allow.ts";
import { nextOpening } from "../../runtime/campaigns/calling-rules/open-hours.ts";
import { importContacts, previewCsv, CsvError } from "../../runtime/campaigns/contacts/import-contacts.ts";
import { attemptOutcome } from "../../runtime/campaigns/outcomes.ts";
import { decide } from "../../runtime/campaigns/pacing/decide.ts";
import { nextAttempt } from "../../runtime/campaigns/retry/next-attempt.ts";

const at = (iso: string) => Date.parse(iso);
const history = (more: Partial<CallHistory> = {}): CallHistory => ({
  doNotCall: [],
  zones: ["Europe/Moscow"],
  window: { from: "09:00", to: "20:00", days: [1, 2, 3, 4, 5] },
  calls: [],
  maxPerDay: 3,
  automatic: true,
  operatorHeld: false,
  country: "RU",
  campaign: "c",
  audience: "consumer",
  consent: "given",
  ...more,
});
const past = (when: number, more: Partial<PastCall> = {}): PastCall => ({
  at: when,
  endedAt: when + 30_000,
  reached: true,
  answered: false,
  purpose: "survey",
  campaign: "c",
  events: [],
  ...more,
});

describe("allow", () => {
  test.each<[string, string, Purpose, Partial<CallHistory>, string, string]>([
    ["inside the window", "2026-11-23T10:00:00+03:00", "survey", {}, "allow", "calling-window"],
    ["too early: waits for nine", "2026-11-23T07:00:00+03:00", "survey", {}, "defer", "calling-window"],
    ["the callee's own zone decides", "2026-11-23T15:00:00+03:00", "survey", { zones: ["Asia/Vladivostok"] }, "defer", "calling-window"],
    ["a listed number", "2026-11-23T10:00:00+03:00", "survey", { doNotCall: ["dnc"] }, "deny", "do-not-call"],
    ["advertising by a machine in Russia", "2026-11-23T10:00:00+03:00", "advertising", {}, "deny", "RU-38-18"],
    ["advertising by a person", "2026-11-23T10:00:00+03:00", "advertising", { automatic: false }, "allow", "calling-window"],
    ["a window that never opens", "2026-11-23T10:00:00+03:00", "survey", { window: { from: "09:00", to: "09:00", days: [1] } }, "deny", "calling-window"],
    [
      "three attempts today",
      "2026-11-23T13:00:00+03:00",
      "survey",
      { calls: [9, 10, 11].map((hour) => past(at(`2026-11-23T${String(hour).padStart(2, "0")}:00:00+03:00`))) },
      "defer",
      "attempts-per-day",
    ],
  ])("%s", (_name, when, purpose, more, verdict, rule) => expect(allow(at(when), "+79990000001", purpose, history(more))).toMatchObject({ verdict, rule }));

  test("Friday evening waits for Monday nine o'clock", () => {
    const verdict = allow(at("2026-11-27T21:00:00+03:00"), "+7", "survey", history());
    expect(verdict).toMatchObject({ verdict: "defer", until: at("2026-11-30T09:00:00+03:00") });
  });

  test("the night the clocks change: 09:00 is 09:00", () => {
    const verdict = allow(
      at("2026-03-28T23:00:00+01:00"),
      "+49",
      "survey",
      history({ zones: ["Europe/Berlin"], window: { from: "09:00", to: "20:00", days: [1, 2, 3, 4, 5, 6, 7] }, country: "DE" }),
    );
    expect(verdict).toMatchObject({ until: at("2026-03-29T09:00:00+02:00") });
  });

  test("the same moment as a search minute by minute, clock changes included", () => {
    const slow = (from: number, zone: string, window: CallHistory["window"]) => {
      const inside = (moment: number) => {
        const { time, weekday } = nowParts(moment, zone);
        return window.days.includes(weekday) && window.from <= time && time < window.to;
      };
      if (inside(from)) return from;
      for (let moment = Math.floor(from / 60_000) * 60_000 + 60_000; moment < from + 3 * 86_400_000; moment += 60_000) if (inside(moment)) return moment;
      return null;
    };
    const around = fc.constantFrom("2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z", "2026-03-07T12:00:00Z", "2026-10-31T12:00:00Z", "2026-07-01T12:00:00Z");
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Europe/Moscow", "Pacific/Auckland", "Australia/Lord_Howe");
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "30")).map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
    fc.assert(
      fc.property(around, fc.nat(2880), zones, clock, clock, fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 6 }), (start, after, zone, from, to, days) => {
        const moment = at(start) + after * 60_000 + 1234;
        const expected = slow(moment, zone, { from, to, days });
        const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
        const hours = (_date: string, weekday: number) => (days.includes(weekday) ? [[minutes(from), minutes(to)] as const] : []);
        if (expected !== null) expect(nextOpening(moment, zone, hours, moment + 4 * 86_400_000)).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  test("never outside the window, never above the cap, never a listed number (any moment, zone, history)", () => {
    const zones = fc.constantFrom("Europe/Moscow", "Asia/Vladivostok", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland");
    const clock = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, "0")}:00`);
    fc.assert(
      fc.property(
        fc.integer({ min: 1.7e12, max: 1.9e12 }),
        zones,
        clock,
        clock,
        fc.subarray([1, 2, 3, 4, 5, 6, 7]),
        fc.array(fc.integer({ min: 0, max: 90_000_000 }), { maxLength: 6 }),
        fc.boolean(),
        (now, zone, from, to, days, ages, listed) => {
          const given = history({ zones: [zone], window: { from, to, days }, calls: ages.map((age) => past(now - age)), doNotCall: listed ? ["dnc"] : [] });
          const verdict = allow(now, "+7", "survey", given);
          expect(allow(now, "+7", "survey", given)).toEqual(verdict);
          if (listed) expect(verdict.verdict).toBe("deny");
          if (verdict.verdict === "deny") return;
          const moment = verdict.verdict === "defer" ? verdict.until : now;
          const { time, weekday } = nowParts(moment, zone);
          expect(days).toContain(weekday);
          expect(time >= from && time < to).toBe(true);
          expect(moment).toBeGreaterThanOrEqual(now);
          expect(given.calls.filter((call) => moment - call.at < 86_400_000).length).toBeLessThan(given.maxPerDay);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("nextAttempt", () => {
  const plan = {
    rules: [
      { outcome: "busy", minutes: 10, increment: 5, max: 3 },
      { outcome: "noAnswer", minutes: 120, increment: 0, max: 2 },
    ],
    maxAttempts: 4,
  };
  const ended = (...outcomes: string[]) => outcomes.map((outcome, index) => ({ outcome, endedAt: index * 1000 }));
  test.each<[string, string[], object]>([
    ["first busy: 10 minutes", ["busy"], { at: 600_000 }],
    ["second busy: 15", ["busy", "busy"], { at: 1000 + 900_000 }],
    ["after no answer: 120", ["busy", "noAnswer"], { at: 1000 + 7_200_000 }],
    ["a fourth busy is one too many", ["busy", "busy", "busy", "busy"], { exhausted: "4 attempts made" }],
    ["no rule", ["rejected"], { exhausted: 'no rule for "rejected"' }],
    ["third no answer", ["noAnswer", "noAnswer", "noAnswer"], { exhausted: '"noAnswer" 3 times' }],
    ["line failures use up nothing", ["failed", "failed", "failed", "failed", "busy"], { at: 4000 + 600_000 }],
  ])("%s", (_name, outcomes, expected) => expect(nextAttempt(ended(...outcomes), plan, 0)).toMatchObject(expected));

  test("never before now, never more than the plan allows", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("busy", "noAnswer", "rejected", "failed"), { maxLength: 10 }), fc.nat(1e9), (outcomes, now) => {
        const next = nextAttempt(ended(...outcomes), plan, now);
        if (!("at" in next)) return;
        expect(next.at).toBeGreaterThanOrEqual(now);
        expect(outcomes.filter((outcome) => outcome !== "failed").length).toBeLessThan(plan.maxAttempts);
      }),
    );
  });
});

test("decide never goes above the lines, the rate or the queue", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(60), fc.nat(100), fc.nat(20), fc.nat(20), (maxLines, linesInUse, waiting, grantedLastSecond, callsPerSecond) => {
      const { dial, lookAgainMs } = decide({ maxLines, linesInUse, waiting, grantedLastSecond, callsPerSecond }, 0);
      expect(dial).toBeGreaterThanOrEqual(0);
      expect(dial === 0 || linesInUse + dial <= maxLines).toBe(true);
      expect(dial === 0 || grantedLastSecond + dial <= callsPerSecond).toBe(true);
      expect(dial).toBeLessThanOrEqual(waiting);
      expect(lookAgainMs).toBeGreaterThan(0);
    }),
  );
});

test.each([
  [486, 17, "busy"],
  [600, 0, "busy"],
  [487, 19, "noAnswer"],
  [480, 0, "noAnswer"],
  [404, 1, "invalid"],
  [603, 21, "rejected"],
  [503, 34, "failed"],
  [403, 0, "failed"],
  [0, 17, "busy"],
  [0, 0, "failed"],
  [488, 0, "failed"],
  [408, 0, "failed"],
])("SIP %i, Q.850 %i → %s", (sipStatus, q850, outcome) => expect(attemptOutcome({ by: "remote", sipStatus, q850 }).outcome).toBe(outcome));

describe("contacts from CSV", () => {
  let count = 0;
  const options = (csv: string, phone = "phone") => ({
    csv,
    mapping: { phone },
    campaign: "c",
    country: "RU",
    zone: "Europe/Moscow",
    at: 1,
    nextId: () => String(count++),
  });

  test("every row is either a contact or an error with its line", () => {
    const cell = fc.constantFrom("+79990000001", "89990000002", "8 (999) 000-00-03", "нет", "", "123", "999 000 00 04", "+1 212 555 2368", '"x"');
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 30 }), (cells) => {
        const rows = cells.map((value) => `${value.includes('"') ? '""""' : value},x`);
        const { contacts, errors } = importContacts(options(["phone,name", ...rows].join("\n")));
        expect(contacts.length + errors.length).toBe(cells.length);
        expect(new Set(contacts.map((contact) => contact.phone)).size).toBe(contacts.length);
        for (const contact of contacts) expect(contact.phone).toMatch(/^\+\d{7,15}$/);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ["8 (999) 000-00-01", "+79990000001"],
    ["79990000001", "+79990000001"],
    ["9990000001", "+79990000001"],
    ["+7-999-000-00-01", "+79990000001"],
    ["+1 212 555 2368", "+12125552368"],
  ])("%s is %s", (text, number) => expect(importContacts(options(`phone\n"${text}"`)).contacts[0]).toMatchObject({ phone: number, original: text }));

  test.each([
    ["", "empty"],
    ["phone", "empty"],
    ["a\u0000b\nc", "not-csv"],
    ["name\nАнна", "no-phone-column"],
  ])("%j is refused as %s", (csv, code) => {
    expect(() => importContacts(options(csv))).toThrow(expect.objectContaining({ code }));
  });

  test("any text gives a preview, contacts or a CsvError", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (csv) => {
        try {
          previewCsv(csv);
          importContacts(options(csv, previewCsv(csv).columns[0] ?? "phone"));
        } catch (error) {
          expect(error).toBeInstanceOf(CsvError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
