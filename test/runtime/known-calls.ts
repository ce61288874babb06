import type { CallHistory, PastCall, Verdict } from "../../runtime/campaigns/calling-rules/allow.ts";

/** What tests of calling rules say about a number: calm defaults, changed where a test needs it. */
export const at = (iso: string) => Date.parse(iso);
export const hour = 3_600_000;
export const day = 24 * hour;
export const always = { from: "00:00", to: "24:00", days: [1, 2, 3, 4, 5, 6, 7] };
export const history = (more: Partial<CallHistory> = {}): CallHistory => ({
  doNotCall: [],
  zones: ["Europe/Moscow"],
  window: always,
  calls: [],
  maxPerDay: 10,
  automatic: false,
  operatorHeld: false,
  country: "RU",
  campaign: "c",
  audience: "consumer",
  consent: "given",
  ...more,
});
export const past = (when: string | number, more: Partial<PastCall> = {}): PastCall => ({
  at: typeof when === "number" ? when : at(when),
  endedAt: null,
  reached: true,
  answered: false,
  purpose: "debt",
  campaign: "c",
  events: [],
  ...more,
});
export const shown = (verdict: Verdict) =>
  `${verdict.verdict} ${verdict.rule}${verdict.verdict === "defer" ? ` ${new Date(verdict.until).toISOString()}` : ""}`;

export const moscow = "+79990000001";
export const debtor = { audience: "debtor" as const };
