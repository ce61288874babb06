import { usesUpAttempt } from "../../flows/strategy/attempt-outcomes.ts";
import { audienceOf, consentOf, type CallEvent, type Purpose } from "../../flows/strategy/calling-rule.ts";
import type { CallDeps } from "../calls/call-registry.ts";
import type { AttemptRow, CampaignRow, ContactRow } from "../ports/store.ts";
import { allow, rulesFor, type CallHistory, type PastCall, type Verdict } from "./calling-rules/allow.ts";
import type { NumberRanges } from "./calling-rules/zones/number-ranges.ts";
import { numberZones } from "./calling-rules/zones/number-zones.ts";
import type { OutcomeOverrides } from "./outcomes.ts";

/** What an installation brings to dialling: tables of its trunks by name, and ranges of the numbering registry. */
export type Outbound = { outcomes: Readonly<Record<string, OutcomeOverrides>>; ranges: NumberRanges | null };
export const plainOutbound: Outbound = { outcomes: {}, ranges: null };

export type Candidate = { campaign: CampaignRow; contact: ContactRow; number: string };

const maxPerDay = 10;
const longestWaitMs = 90 * 86_400_000;
/** No rule looks back further. */
const lookBackMs = 366 * 86_400_000;

/**
 * Whether this contact may be called at that number at a moment. Collects the data for the rules (lists, every call to the number or to
 * the contact, zones) once; the returned function then judges any moment.
 */
export async function judgeCall({ campaign, contact, number }: Candidate, deps: CallDeps, outbound: Outbound): Promise<(at: number) => Verdict> {
  const now = deps.clock.now();
  const { campaigns, lists } = deps.store;
  const [listed, toNumber, toContact] = await Promise.all([
    lists.find(number, { kind: "do-not-call" }, now),
    campaigns.attemptsTo(number, now - lookBackMs),
    campaigns.history(contact.id),
  ]);
  const known = new Set(toNumber.map((attempt) => attempt.id));
  const others = toContact.filter((attempt) => !known.has(attempt.id)).map((attempt) => ({ ...attempt, purpose: campaign.purpose }));
  const history: CallHistory = {
    doNotCall: listed.map((entry) => entry.list),
    zones: numberZones({ number, own: zoneOf(campaign, contact), country: deps.country, ranges: outbound.ranges, at: now }),
    window: { from: campaign.windowFrom, to: campaign.windowTo, days: campaign.days },
    calls: [...toNumber, ...others].flatMap(pastCall),
    maxPerDay,
    automatic: true,
    operatorHeld: false,
    country: deps.country,
    campaign: campaign.id,
    audience: audienceOf(campaign.audience),
    consent: consentOf(campaign.consentKind),
  };
  return (at) => inReason(allow(at, number, campaign.purpose as Purpose, history), at);
}

/** A campaign does not wait for months (an opt-out locks for a year): that is a refusal. */
function inReason(verdict: Verdict, at: number): Verdict {
  if (verdict.verdict !== "defer" || verdict.until - at <= longestWaitMs) return verdict;
  const { rule, evidence, until } = verdict;
  return { verdict: "deny", rule, evidence: `${evidence}; not before ${new Date(until).toISOString().slice(0, 10)}` };
}

/** The shortest time it has to ring by the rules of the number, in ms. */
export function shortestRingMs({ campaign, number }: Candidate, country: string): number {
  const parameters = rulesFor(number, campaign.purpose, { country, audience: audienceOf(campaign.audience) }).flatMap((rule) => rule.parameters);
  return Math.max(0, ...parameters.map((parameter) => (parameter.kind === "ringTime" ? parameter.seconds * 1000 : 0)));
}

/** The explicit zone of a contact: its own, or the campaign's if the campaign uses it for all contacts; empty if unknown. */
export const zoneOf = (campaign: CampaignRow, contact: ContactRow): string => contact.zone || (campaign.zoneOf === "campaign" ? campaign.zone : "");

function pastCall(attempt: AttemptRow & { purpose: string }): PastCall[] {
  if (attempt.startedAt === null) return [];
  const { outcome, detail, startedAt, endedAt, answeredAt, purpose, campaign } = attempt;
  const reached = outcome === null || (usesUpAttempt(outcome, detail) && outcome !== "invalid");
  return [{ at: startedAt, endedAt, reached, answered: answeredAt !== null, purpose, campaign, events: eventsOf(attempt) }];
}

/** Flow outcomes and dispositions that mean "not interested" or "never call again". */
const refusals = new Set(["refused", "refusal", "declined", "not-interested"]);
const optOuts = new Set(["opted-out", "opt-out", "do-not-call", "unsubscribed"]);
const silent = new Set(["abandoned", "machine", "machineBeep", "fax", "modem", "deadAir", "shortAnswer"]);

function eventsOf({ detail, answeredAt, said }: AttemptRow): CallEvent[] {
  const events: CallEvent[] = [];
  if (detail === "abandoned") events.push("abandoned");
  if (detail === "machine" || detail === "machineBeep") events.push("machine");
  if (answeredAt !== null && !silent.has(detail ?? "")) events.push("conversation");
  if (said && refusals.has(said)) events.push("refusal");
  if (said && optOuts.has(said)) events.push("optOut");
  return events;
}
