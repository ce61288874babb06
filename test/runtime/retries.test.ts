import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nowParts } from "../../flows/language/zoned.ts";
import { usesUpAttempt } from "../../flows/strategy/attempt-outcomes.ts";
import { inOtherDayPart } from "../../flows/strategy/day-parts.ts";
import { retrySettings } from "../../flows/strategy/retry-settings.ts";
import { allow, type CallHistory } from "../../runtime/campaigns/calling-rules/allow.ts";
import { nextAttempt, type Next, type PastAttempt, type RetryPlan } from "../../runtime/campaigns/retry/next-attempt.ts";
import { nextNumber } from "../../runtime/campaigns/retry/next-number.ts";

const at = (iso: string) => Date.parse(iso);
const hour = 3_600_000;
const zone = "Europe/Moscow";
const rules = [
  { outcome: "busy", minutes: 30, increment: 5, max: 3 },
  { outcome: "noAnswer", minutes: 120, increment: 0, max: 9 },
  { outcome: "rejected", minutes: 2880, increment: 0, max: 9 },
  { outcome: "failed", minutes: 2, increment: 0, max: 20 },
];
const plan = (more: Partial<RetryPlan> = {}): RetryPlan => ({ rules, maxAttempts: 6, zone, ...more });
const tried = (when: string, outcome: string, detail?: string): PastAttempt => ({
  startedAt: at(when),
  endedAt: at(when) + 20_000,
  outcome,
  ...(detail ? { detail } : {}),
});
const local = (next: Next) => ("at" in next ? `${nowParts(next.at, zone).date} ${nowParts(next.at, zone).time}` : next.exhausted);

describe("when a contact is tried again", () => {
  test.each<[string, PastAttempt[], Partial<RetryPlan>, string]>([
    ["busy: half an hour", [tried("2026-11-24T10:00:00+03:00", "busy")], {}, "2026-11-24 10:30"],
    ["busy again: five minutes more", [tried("2026-11-24T10:00:00+03:00", "busy"), tried("2026-11-24T10:30:00+03:00", "busy")], {}, "2026-11-24 11:05"],
    [
      "no answer in the morning: not before the day",
      [tried("2026-11-24T09:00:00+03:00", "noAnswer")],
      { settings: { shiftAfter: ["noAnswer"] } },
      "2026-11-24 12:00",
    ],
    [
      "no answer at 11: 13:00 is another part already",
      [tried("2026-11-24T11:00:00+03:00", "noAnswer")],
      { settings: { shiftAfter: ["noAnswer"] } },
      "2026-11-24 13:00",
    ],
    [
      "no answer in the evening: the morning after",
      [tried("2026-11-24T18:00:00+03:00", "noAnswer")],
      { settings: { shiftAfter: ["noAnswer"] } },
      "2026-11-25 00:00",
    ],
    ["busy does not shift", [tried("2026-11-24T09:00:00+03:00", "busy")], { settings: { shiftAfter: ["noAnswer"] } }, "2026-11-24 09:30"],
    [
      "parts of the day of one's own",
      [tried("2026-11-24T09:00:00+03:00", "noAnswer")],
      { settings: { shiftAfter: ["noAnswer"], dayParts: ["08:00", "16:00"] } },
      "2026-11-24 16:00",
    ],
    ["two days: 51 hours, not 48", [tried("2026-11-24T10:00:00+03:00", "rejected")], { settings: { spreadHours: [27, 29, 31] } }, "2026-11-26 13:00"],
    [
      "and 53 the second time",
      [tried("2026-11-20T10:00:00+03:00", "rejected"), tried("2026-11-24T10:00:00+03:00", "rejected")],
      { settings: { spreadHours: [27, 29, 31] } },
      "2026-11-26 15:00",
    ],
    [
      "two a day",
      [tried("2026-11-24T10:00:00+03:00", "busy"), tried("2026-11-24T11:00:00+03:00", "noAnswer")],
      { settings: { perDay: 2 } },
      "2026-11-25 10:00",
    ],
    [
      "failures of lines are none of the two",
      [tried("2026-11-24T10:00:00+03:00", "failed", "congestion"), tried("2026-11-24T11:00:00+03:00", "noAnswer")],
      { settings: { perDay: 2 } },
      "2026-11-24 13:00",
    ],
    [
      "three a week",
      [tried("2026-11-20T10:00:00+03:00", "busy"), tried("2026-11-22T10:00:00+03:00", "busy"), tried("2026-11-24T10:00:00+03:00", "noAnswer")],
      { settings: { perWeek: 3 } },
      "2026-11-27 10:00",
    ],
    [
      "the law opens at nine",
      [tried("2026-11-24T22:30:00+03:00", "busy")],
      { opens: (moment) => Math.max(moment, at("2026-11-25T09:00:00+03:00")) },
      "2026-11-25 09:00",
    ],
    ["the law never opens", [tried("2026-11-24T22:30:00+03:00", "busy")], { opens: () => null }, "the calling window never opens"],
    [
      "six failures of a line and one busy: one attempt is used up",
      [...Array.from({ length: 6 }, () => tried("2026-11-24T10:00:00+03:00", "failed", "noCircuit")), tried("2026-11-24T11:00:00+03:00", "busy")],
      { maxAttempts: 2 },
      "2026-11-24 11:30",
    ],
  ])("%s", (_name, history, more, expected) => expect(local(nextAttempt(history, plan(more), at("2026-11-24T09:00:00+03:00")))).toBe(expected));

  test("settings out of bounds are refused", () => {
    expect(retrySettings.safeParse({ perDay: 0 }).success).toBe(false);
    expect(retrySettings.safeParse({ dayParts: ["9:00"] }).success).toBe(false);
    expect(retrySettings.safeParse({ often: true }).success).toBe(false);
    expect(retrySettings.safeParse({ perDay: 2, spreadHours: [27, 29, 31], nextNumberAfter: 3 }).success).toBe(true);
  });
});

const outcome = fc.constantFrom<[string, string]>(
  ["busy", "busy"],
  ["noAnswer", "unreachable"],
  ["rejected", "rejected"],
  ["failed", "congestion"],
  ["failed", "carrierDenied"],
);
const histories = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 30 * 60 }), end: outcome }), { minLength: 1, maxLength: 8 }).map((steps) => {
  let now = at("2026-10-20T05:00:00Z");
  return steps.map(({ gap, end: [ended, detail] }): PastAttempt => {
    now += gap * 60_000;
    return { startedAt: now, endedAt: now + 20_000, outcome: ended, detail };
  });
});
const settings = fc.record(
  {
    perDay: fc.integer({ min: 1, max: 3 }),
    perWeek: fc.integer({ min: 2, max: 6 }),
    shiftAfter: fc.constant<("noAnswer" | "rejected")[]>(["noAnswer", "rejected"]),
    spreadHours: fc.constant([27, 29, 31]),
  },
  { requiredKeys: [] },
);
const zones = fc.constantFrom("Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kamchatka");
const lawOf = (history: readonly PastAttempt[], where: string, listed: boolean): CallHistory => ({
  doNotCall: listed ? ["dnc"] : [],
  zones: [where],
  window: { from: "09:00", to: "20:00", days: [1, 2, 3, 4, 5] },
  calls: history.map((attempt) => ({
    at: attempt.startedAt!,
    endedAt: attempt.endedAt,
    reached: true,
    answered: false,
    purpose: "survey",
    campaign: "c",
    events: [],
  })),
  maxPerDay: 4,
  automatic: true,
  operatorHeld: false,
  country: "RU",
  campaign: "c",
  audience: "consumer",
  consent: "given",
});

describe("any history, settings and zone", () => {
  const judged = (history: readonly PastAttempt[], where: string, listed: boolean, chosen: object, now: number) => {
    const law = lawOf(history, where, listed);
    const opens = (moment: number) => {
      const verdict = allow(moment, "+79990000001", "survey", law);
      return verdict.verdict === "allow" ? moment : verdict.verdict === "defer" ? verdict.until : null;
    };
    return { law, next: nextAttempt(history, plan({ settings: chosen, zone: where, opens }), now) };
  };

  test("never outside a window, never above a cap, never a listed number, never the same part of the day when it has to shift", () => {
    fc.assert(
      fc.property(histories, settings, zones, fc.boolean(), fc.nat(72 * 60), (history, chosen, where, listed, after) => {
        const now = history.at(-1)!.endedAt + after * 60_000;
        const { next } = judged(history, where, listed, chosen, now);
        if (listed) expect(next).toHaveProperty("exhausted");
        if (!("at" in next)) return;
        const { time, weekday } = nowParts(next.at, where);
        expect(time >= "09:00" && time < "20:00" && weekday < 6).toBe(true);
        const counted = history.filter((attempt) => usesUpAttempt(attempt.outcome, attempt.detail));
        const within = (hours: number, all: readonly PastAttempt[]) => all.filter((attempt) => next.at - attempt.startedAt! < hours * hour).length;
        expect(within(24, history)).toBeLessThan(4);
        if (chosen.perDay) expect(within(24, counted)).toBeLessThan(chosen.perDay);
        if (chosen.perWeek) expect(within(168, counted)).toBeLessThan(chosen.perWeek);
        expect(counted.length).toBeLessThan(6);
        expect(next.at).toBeGreaterThanOrEqual(now);
        const last = history.at(-1)!;
        if (chosen.shiftAfter && ["noAnswer", "rejected"].includes(last.outcome)) {
          const part = (moment: number) => [12, 17].filter((begin) => nowParts(moment, where).hour >= begin).length;
          expect(part(next.at)).not.toBe(part(last.startedAt!));
        }
      }),
      { numRuns: 400 },
    );
  });

  test("asked again after a restart, from rows read back, it says the same; and asking at that moment changes nothing", () => {
    fc.assert(
      fc.property(histories, settings, zones, (history, chosen, where) => {
        const now = history.at(-1)!.endedAt;
        const { next } = judged(history, where, false, chosen, now);
        const again = judged(JSON.parse(JSON.stringify(history)) as PastAttempt[], where, false, chosen, now);
        expect(again.next).toEqual(next);
        if (!("at" in next)) return;
        const later = now + Math.floor((next.at - now) / 2);
        expect(judged(history, where, false, chosen, later).next).toEqual(next);
        expect(judged(history, where, false, chosen, next.at).next).toEqual(next);
      }),
      { numRuns: 200 },
    );
  });

  test("the other part of the day is the first moment of one", () => {
    fc.assert(
      fc.property(fc.integer({ min: at("2026-03-27T00:00:00Z"), max: at("2026-03-31T00:00:00Z") }), fc.nat(48 * 60), zones, (last, after, where) => {
        const from = last + after * 60_000;
        const part = (moment: number) => [12, 17].filter((begin) => nowParts(moment, where).hour >= begin).length;
        const moment = inOtherDayPart(from, last, where);
        expect(moment).toBeGreaterThanOrEqual(from);
        expect(part(moment)).not.toBe(part(last));
        if (moment > from) expect(part(moment - 1)).toBe(part(last));
      }),
      { numRuns: 300 },
    );
  });
});

describe("which number of the contact", () => {
  const numbers = ["+71", "+72", "+73"];
  const tries = (...list: [string, string, string?][]) => list.map(([number, ended, detail]) => ({ number, outcome: ended, detail: detail ?? null }));
  test.each<[string, ReturnType<typeof tries>, string | null]>([
    ["the first to begin with", [], "+71"],
    ["stays while it has tries left", tries(["+71", "busy"]), "+71"],
    ["the next after two", tries(["+71", "busy"], ["+71", "noAnswer"]), "+72"],
    ["failures of lines do not move on", tries(["+71", "failed", "congestion"], ["+71", "failed", "congestion"]), "+71"],
    ["one 404 may be a carrier's mistake", tries(["+71", "invalid", "invalidNumber"]), "+71"],
    ["two are not", tries(["+71", "invalid", "invalidNumber"], ["+71", "invalid", "invalidNumber"]), "+72"],
    ["a fax is dropped at once", tries(["+71", "fax", "fax"]), "+72"],
    [
      "all had theirs: the one with the fewest",
      tries(["+71", "busy"], ["+71", "busy"], ["+71", "busy"], ["+72", "busy"], ["+72", "busy"], ["+73", "busy"], ["+73", "busy"]),
      "+72",
    ],
    ["none left", tries(["+71", "invalid", "vacantCode"], ["+72", "invalid", "numberChanged"], ["+73", "fax", "fax"]), null],
  ])("%s", (_name, history, expected) => expect(nextNumber(numbers, history, 2)).toBe(expected));
});
