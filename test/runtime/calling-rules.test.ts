import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCallingRules } from "../../flows/strategy/calling-rule.ts";
import { abandonmentLimits } from "../../runtime/campaigns/calling-rules/abandonment-limits.ts";
import { allow, rulesFor, type CallHistory, type Purpose } from "../../runtime/campaigns/calling-rules/allow.ts";
import { builtinRules } from "../../runtime/campaigns/calling-rules/builtin-rules.ts";
import { easter } from "../../runtime/campaigns/calling-rules/hours-of-rule.ts";
import { always, at, debtor, history, moscow, past, shown } from "./known-calls.ts";

const paris = "+33123456789";
const talked = { answered: true, events: ["conversation" as const] };

type Row = [name: string, when: string, number: string, purpose: Purpose, given: Partial<CallHistory>, expected: string];
const rows: Row[] = [
  ["debt in Russia, a workday at 21:30", "2026-11-24T21:30:00+03:00", moscow, "debt", debtor, "allow calling-window"],
  ["debt in Russia, 22:00 is too late", "2026-11-24T22:00:00+03:00", moscow, "debt", debtor, "defer RU-230-HRS 2026-11-25T05:00:00.000Z"],
  ["a Saturday opens at nine", "2026-11-28T08:30:00+03:00", moscow, "debt", debtor, "defer RU-230-HRS 2026-11-28T06:00:00.000Z"],
  ["4 November is a holiday: from nine", "2026-11-04T08:30:00+03:00", moscow, "debt", debtor, "defer RU-230-HRS 2026-11-04T06:00:00.000Z"],
  ["a Saturday that works: until 22", "2025-11-01T21:30:00+03:00", moscow, "debt", debtor, "allow calling-window"],
  ["9 March 2026 is moved here: until 20", "2026-03-09T20:30:00+03:00", moscow, "debt", debtor, "defer RU-230-HRS 2026-03-10T05:00:00.000Z"],
  [
    "one conversation a day",
    "2026-11-24T12:00:00+03:00",
    moscow,
    "debt",
    { ...debtor, calls: [past("2026-11-24T10:00:00+03:00", talked)] },
    "defer RU-230-FRQ 2026-11-25T05:00:00.000Z",
  ],
  [
    "a robot's conversation counts as a person's",
    "2026-11-24T12:00:00+03:00",
    moscow,
    "debt",
    { ...debtor, automatic: true, calls: [past("2026-11-24T10:00:00+03:00", talked)] },
    "defer RU-467 2026-11-25T05:00:00.000Z",
  ],
  [
    "before 1 February 2024 it did not",
    "2024-01-24T12:00:00+03:00",
    moscow,
    "debt",
    { ...debtor, automatic: true, calls: [past("2024-01-24T10:00:00+03:00", talked)] },
    "allow calling-window",
  ],
  [
    "nobody answered: no conversation",
    "2026-11-24T12:00:00+03:00",
    moscow,
    "debt",
    { ...debtor, calls: [past("2026-11-24T10:00:00+03:00")] },
    "allow calling-window",
  ],
  [
    "two conversations a calendar week: Monday",
    "2026-11-26T12:00:00+03:00",
    moscow,
    "debt",
    { ...debtor, calls: [past("2026-11-23T10:00:00+03:00", talked), past("2026-11-24T10:00:00+03:00", talked)] },
    "defer RU-230-FRQ 2026-11-30T05:00:00.000Z",
  ],
  [
    "eight a month: the first of the next",
    "2026-11-30T12:00:00+03:00",
    moscow,
    "debt",
    { ...debtor, calls: ["02", "03", "09", "10", "16", "17", "23", "24"].map((date) => past(`2026-11-${date}T10:00:00+03:00`, talked)) },
    "defer RU-230-FRQ 2026-12-01T05:00:00.000Z",
  ],
  ["advertising by a machine in Russia", "2026-11-24T12:00:00+03:00", moscow, "advertising", { automatic: true }, "deny RU-38-18"],
  ["advertising by a person with consent", "2026-11-24T12:00:00+03:00", moscow, "advertising", {}, "allow calling-window"],
  ["advertising by a person without", "2026-11-24T12:00:00+03:00", moscow, "advertising", { consent: "none" }, "deny RU-38-18"],
  ["mass calls need consent since September 2025", "2026-11-24T12:00:00+03:00", moscow, "survey", { consent: "none" }, "deny RU-41-MASS"],
  ["and did not before", "2025-08-20T12:00:00+03:00", moscow, "survey", { consent: "none" }, "allow calling-window"],
  [
    "72 hours after a call that found nobody",
    "2026-11-24T12:00:00+03:00",
    moscow,
    "survey",
    { calls: [past("2026-11-22T15:00:00+03:00", { events: ["abandoned"], endedAt: at("2026-11-22T15:00:10+03:00") })] },
    "defer ABANDONED-72H 2026-11-25T12:00:10.000Z",
  ],
  [
    "unless an operator is held",
    "2026-11-24T12:00:00+03:00",
    moscow,
    "survey",
    { operatorHeld: true, calls: [past("2026-11-22T15:00:00+03:00", { events: ["abandoned"] })] },
    "allow calling-window",
  ],
  [
    "a machine yesterday evening in Britain: 24 hours",
    "2026-11-24T12:00:00Z",
    "+442079460000",
    "survey",
    { zones: ["Europe/London"], calls: [past("2026-11-23T18:00:00Z", { events: ["machine"] })] },
    "defer UK-OFCOM-OPS 2026-11-24T18:00:00.000Z",
  ],
  ["France: lunch", "2026-11-24T13:30:00+01:00", paris, "advertising", { zones: ["Europe/Paris"], consent: "given" }, "deny FR-OPTIN"],
  [
    "France before the opt-in: lunch",
    "2026-06-02T13:30:00+02:00",
    paris,
    "advertising",
    { zones: ["Europe/Paris"] },
    "defer FR-2022-1313 2026-06-02T12:00:00.000Z",
  ],
  ["France: Easter Monday", "2026-04-06T11:00:00+02:00", paris, "advertising", { zones: ["Europe/Paris"] }, "defer FR-2022-1313 2026-04-07T08:00:00.000Z"],
  [
    "France: specific consent lifts hours",
    "2026-06-02T13:30:00+02:00",
    paris,
    "advertising",
    { zones: ["Europe/Paris"], consent: "specific" },
    "allow calling-window",
  ],
  [
    "France: 60 days after a refusal",
    "2026-06-02T11:00:00+02:00",
    paris,
    "advertising",
    { zones: ["Europe/Paris"], calls: [past("2026-05-05T11:00:00+02:00", { purpose: "advertising", events: ["refusal"] })] },
    "defer FR-2022-1313 2026-07-06T08:00:00.000Z",
  ],
  [
    "Australia: Sunday telemarketing",
    "2026-11-29T12:00:00+11:00",
    "+61291234567",
    "advertising",
    { zones: ["Australia/Sydney"] },
    "defer AU-2017 2026-11-29T22:00:00.000Z",
  ],
  ["Australia: Sunday research", "2026-11-29T12:00:00+11:00", "+61291234567", "survey", { zones: ["Australia/Sydney"] }, "allow calling-window"],
  ["New York: 20:30", "2026-11-24T20:30:00-05:00", "+12125552368", "advertising", { zones: ["America/New_York"] }, "allow calling-window"],
  [
    "Florida: 20:30 is too late",
    "2026-11-24T20:30:00-05:00",
    "+13055552368",
    "advertising",
    { zones: ["America/New_York"] },
    "defer US-FL 2026-11-25T13:00:00.000Z",
  ],
  [
    "US debt: seven attempts in seven days",
    "2026-11-24T12:00:00-05:00",
    "+12125552368",
    "debt",
    { ...debtor, zones: ["America/New_York"], calls: [1, 2, 3, 4, 5, 6, 7].map((n) => past(`2026-11-2${Math.ceil(n / 3) + 0}T1${n}:00:00-05:00`)) },
    "defer US-REGF 2026-11-28T16:00:00.000Z",
  ],
  [
    "lines that failed are no attempts",
    "2026-11-24T12:00:00-05:00",
    "+12125552368",
    "debt",
    { ...debtor, zones: ["America/New_York"], calls: [1, 2, 3, 4, 5, 6, 7].map((n) => past(`2026-11-23T1${n}:00:00-05:00`, { reached: false })) },
    "allow calling-window",
  ],
  [
    "US robot call without written consent",
    "2026-11-24T12:00:00-05:00",
    "+12125552368",
    "advertising",
    { automatic: true, zones: ["America/New_York"] },
    "deny US-PRE",
  ],
  [
    "Canada: Saturday 9:30",
    "2026-11-28T09:30:00-05:00",
    "+14165552368",
    "advertising",
    { zones: ["America/Toronto"] },
    "defer CA-UTR 2026-11-28T15:00:00.000Z",
  ],
  [
    "two zones: the later opening",
    "2026-11-24T08:30:00+03:00",
    moscow,
    "debt",
    { ...debtor, zones: ["Europe/Kaliningrad", "Europe/Moscow"] },
    "defer RU-230-HRS 2026-11-24T06:00:00.000Z",
  ],
  [
    "Kaliningrad and Kamchatka: the hours they share",
    "2026-11-24T14:00:00+03:00",
    moscow,
    "debt",
    { ...debtor, zones: ["Europe/Kaliningrad", "Asia/Kamchatka"] },
    "defer RU-230-HRS 2026-11-25T06:00:00.000Z",
  ],
  [
    "zones that share no hour",
    "2026-11-24T14:00:00+03:00",
    moscow,
    "survey",
    { zones: ["Europe/Kaliningrad", "Asia/Kamchatka"], window: { ...always, from: "12:00", to: "15:00" } },
    "deny calling-window",
  ],
  ["listed, whatever else", "2026-11-24T03:00:00+03:00", moscow, "debt", { doNotCall: ["dnc"] }, "deny do-not-call"],
];

describe("calling rules", () => {
  test.each(rows)("%s", (_name, when, number, purpose, given, expected) => expect(shown(allow(at(when), number, purpose, history(given)))).toBe(expected));

  test("every row of the table of rules is there, each id once, each readable again", () => {
    const ids = builtinRules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted =
      "US-TSR-ABN US-HRS US-FL US-OK US-WA US-REGF US-PRE UK-OFCOM UK-OFCOM-OPS UK-PECR FR-2022-1313 AU-2017 CA-UTR RU-230-HRS RU-230-FRQ RU-467 RU-38-18 RU-41-MASS RU-41-LBL RU-FINE";
    expect(ids).toEqual(expect.arrayContaining(wanted.split(" ")));
    expect(readCallingRules(JSON.parse(JSON.stringify(builtinRules)))).toEqual(builtinRules);
  });

  test.each(["en", "ru"] as const)("the table of docs/%s/campaigns.md says what the data says", (language) => {
    const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", language, "campaigns.md"), "utf8");
    const rows = [...page.matchAll(/^\| `([A-Z0-9-]+)` \| (.*) \|$/gm)].map((match) => ({ id: match[1]!, cells: match[2]!.split(" | ") }));
    expect(rows.map((row) => row.id)).toEqual(builtinRules.map((rule) => rule.id));
    for (const [index, rule] of builtinRules.entries()) {
      expect(rows[index]!.cells[2]).toBe(`${rule.validFrom}…${rule.validTo ?? ""}`);
      expect(rows[index]!.cells[3]).toContain(rule.title[language]);
      expect(rows[index]!.cells[3]).toContain(rule.source);
    }
  });

  test.each([
    ["an hour that is none", { kind: "hours", week: { "1-5": ["25:00-26:00"] } }],
    ["a weekday that is none", { kind: "hours", week: { "8": ["09:00-18:00"] } }],
    ["a kind nobody knows", { kind: "moon" }],
    ["a cap of nothing", { kind: "cap", max: 0, period: { calendar: "day" }, per: "number", counts: "attempts" }],
    ["more than is known", { kind: "refuseAutomatic", except: "me" }],
  ])("%s is refused with its place", (_name, parameter) => {
    expect(() => readCallingRules([{ ...builtinRules[0], parameters: [parameter] }])).toThrow(/parameters/);
  });

  test("purpose, audience and place choose the rules", () => {
    const ids = (number: string, purpose: Purpose, audience: CallHistory["audience"]) =>
      rulesFor(number, purpose, { country: "RU", audience }).map((rule) => rule.id);
    expect(ids("+13055552368", "advertising", "consumer")).toEqual(expect.arrayContaining(["US-HRS", "US-FL"]));
    expect(ids("+12125552368", "advertising", "consumer")).not.toContain("US-FL");
    expect(ids("+12125552368", "advertising", "business")).not.toContain("US-HRS");
    expect(ids("+77010000001", "debt", "debtor")).toEqual(["ABANDONED-72H", "OPT-OUT"]);
  });

  test("what pacing has to keep to: the strictest in force", () => {
    const limits = (when: string, number: string) => abandonmentLimits(at(when), number, "advertising", { country: "RU", audience: "consumer" });
    expect(limits("2026-11-24T12:00:00Z", "+12125552368")).toEqual({
      cap: 0.03,
      connectSeconds: 2,
      windows: [{ rollingHours: 720 }],
      falseMachinesCount: false,
      rules: ["US-TSR-ABN"],
    });
    expect(limits("2016-11-24T12:00:00Z", "+442079460000")).toMatchObject({ cap: 0.03, falseMachinesCount: true, rules: ["UK-OFCOM-2010"] });
    expect(limits("2026-11-24T12:00:00Z", "+442079460000")).toMatchObject({ cap: null, connectSeconds: 2, rules: ["UK-OFCOM"] });
    expect(limits("2026-11-24T12:00:00Z", moscow)).toMatchObject({ cap: null, connectSeconds: null, rules: [] });
  });

  test("Easter", () => {
    expect([2024, 2025, 2026, 2027, 2038].map(easter)).toEqual(["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"]);
  });
});
