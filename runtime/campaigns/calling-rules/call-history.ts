import type { Audience, CallEvent, Consent } from "../../../flows/strategy/calling-rule.ts";

/** One earlier call to the number, from whatever campaign. Times in ms since the epoch. */
export type PastCall = {
  /** When it was dialled. */
  at: number;
  /** When it was over; null while it goes on or when nobody knows. */
  endedAt: number | null;
  /** Reached the called side; false for failures of lines and numbers that do not exist (12 CFR 1006.14(b)(3)(ii)). */
  reached: boolean;
  answered: boolean;
  purpose: string;
  campaign: string;
  events: readonly CallEvent[];
};

/** Data about a number and the campaign for judging a call. */
export type CallHistory = {
  /** Names of do-not-call lists the number is on. */
  doNotCall: readonly string[];
  /** Zones the called person may be in: a call must be allowed in each. */
  zones: readonly string[];
  /** Calling window of the campaign by the clock of the called person: "HH:MM", and weekdays 1–7. */
  window: { from: string; to: string; days: readonly number[] };
  /** In any order. */
  calls: readonly PastCall[];
  /** Most calls of the campaign in 24 hours, failures of lines included. */
  maxPerDay: number;
  /** True for an automated call (no human selects the number). */
  automatic: boolean;
  /** True if a free operator is reserved for this call. */
  operatorHeld: boolean;
  /** Country whose rules hold when the number does not tell one, ISO 3166. */
  country: string;
  campaign: string;
  audience: Audience;
  consent: Consent;
};

/** The signs of one call that rules look at. */
export type CallCase = { at: number; number: string; purpose: string; history: CallHistory };
