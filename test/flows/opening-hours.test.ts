import { describe, expect, test } from "vitest";
import { openingAt } from "../../flows/nodes/business-hours/opening.ts";
import { calendarSchema, usableCalendar, type Calendar } from "../../flows/schema/calendar.ts";
import { problemWords } from "../../flows/schema/problem-words.ts";

const zone = "Europe/Moscow";
const calendarOf = (extra: object): Calendar => calendarSchema.parse({ zone, week: {}, ...extra });
const at = (text: string): number => Date.parse(`${text}:00+03:00`);

describe("hours over midnight", () => {
  // 2026-11-23 is a Monday.
  const night = calendarOf({ week: { "1": [{ from: "22:00", to: "06:00" }], "2": [{ from: "10:00", to: "12:00" }] } });
  test.each([
    ["2026-11-23T21:59", "closed", "2026-11-23T22:00"],
    ["2026-11-23T22:00", "open", "2026-11-23T22:00"],
    ["2026-11-23T23:59", "open", "2026-11-23T23:59"],
    ["2026-11-24T00:00", "open", "2026-11-24T00:00"],
    ["2026-11-24T05:59", "open", "2026-11-24T05:59"],
    ["2026-11-24T06:00", "closed", "2026-11-24T10:00"],
    ["2026-11-24T23:00", "closed", "2026-11-30T22:00"],
    ["2026-11-23T05:00", "closed", "2026-11-23T22:00"],
  ])("%s: %s", (now, state, next) => expect(openingAt(night, at(now))).toMatchObject({ state, next }));

  test("a night that began before a day off goes on into it; Sunday's night reaches Monday", () => {
    const off = calendarOf({ week: { "7": [{ from: "20:00", to: "02:00" }], "1": [{ from: "20:00", to: "02:00" }] }, holidays: ["2026-11-24"] });
    expect(openingAt(off, at("2026-11-24T01:00")).state).toBe("open");
    expect(openingAt(off, at("2026-11-24T03:00")).state).toBe("holiday");
    expect(openingAt(off, at("2026-11-23T01:30")).state).toBe("open");
  });

  test("special hours over midnight are special until they end", () => {
    const special = calendarOf({ special: { "2026-12-31": [{ from: "18:00", to: "03:00" }], "2027-01-01": [] } });
    expect(openingAt(special, at("2027-01-01T02:00"))).toMatchObject({ state: "open", special: true });
    expect(openingAt(special, at("2027-01-01T03:00"))).toMatchObject({ state: "holiday", special: false });
  });

  test.each([
    ["00:30", "2026-04-30T23:15", "open"],
    ["00:30", "2026-04-30T23:45", "closed"],
    ["02:00", "2026-05-01T00:45", "open"],
    ["02:00", "2026-05-01T01:15", "holiday"],
  ])("the day before a holiday ends an hour earlier than %s: at %s %s", (to, now, state) => {
    const short = calendarOf({ production: "ru", shortDays: true, week: { "4": [{ from: "16:00", to }] } });
    expect(openingAt(short, at(now)).state).toBe(state);
  });
});

describe("what cannot be is refused, in both languages", () => {
  test.each<[string, object, RegExp, RegExp]>([
    ["equal times", { week: { "1": [{ from: "09:00", to: "09:00" }] } }, /the same/, /совпадают/],
    ["a day 8", { week: { "8": [{ from: "09:00", to: "18:00" }] } }, /1 \(Monday\) to 7/, /от 1/],
    ["30 February", { holidays: ["02-30"] }, /not a valid date/, /такого дня нет/],
    ["29 February of a common year", { holidays: ["2027-02-29"] }, /not a valid date/, /такого дня нет/],
    ["special hours on 31 April", { special: { "04-31": [] } }, /not a valid date|Invalid key/, /такого дня нет|ключ/i],
    ["hour 25", { week: { "1": [{ from: "09:00", to: "25:00" }] } }, /HH:MM/, /ЧЧ:ММ/],
    ["opening at 24:00", { week: { "1": [{ from: "24:00", to: "06:00" }] } }, /HH:MM/, /ЧЧ:ММ/],
    ["9:5", { week: { "1": [{ from: "9:5", to: "18:00" }] } }, /HH:MM/, /ЧЧ:ММ/],
    ["a zone that is none", { zone: "Europe/Nowhere" }, /time zone/, /пояс/],
    ["no hours at all", { week: "always" }, /must be a set of fields/, /нужно: набор полей/],
  ])("%s", (_title, extra, en, ru) => {
    const found = calendarSchema.safeParse({ zone, week: {}, ...extra });
    const problem = found.error!.issues[0]!;
    expect(problemWords(problem, "en")).toMatch(en);
    expect(problemWords(problem, "ru")).toMatch(ru);
  });

  test("29 February of every year and of a leap year are days", () => {
    expect(calendarSchema.safeParse({ zone, week: {}, holidays: ["02-29", "2028-02-29"] }).success).toBe(true);
  });

  test("a stored calendar with what never took effect goes on working without it", () => {
    const stored = {
      zone,
      week: {
        "1": [
          { from: "09:00", to: "09:00" },
          { from: "10:00", to: "18:00" },
        ],
        "8": [],
      },
      holidays: ["02-30", "01-01"],
      special: { "04-31": [] },
    };
    expect(usableCalendar(stored)).toMatchObject({ week: { "1": [{ from: "10:00", to: "18:00" }] }, holidays: ["01-01"], special: {} });
    expect(usableCalendar({ zone: "x" })).toBeNull();
    expect(usableCalendar(null)).toBeNull();
  });
});
