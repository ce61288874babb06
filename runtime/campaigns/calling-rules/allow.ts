import { builtinRules } from "./builtin-rules.ts";
import type { CallCase, CallHistory } from "./call-history.ts";
import { capConstraint, hoursConstraint, judgeRule, type Constraint, type Refusal } from "./constraints.ts";
import { minutesOf } from "./hours-of-rule.ts";
import { jurisdictionsOf } from "./jurisdictions.ts";
import { localTime } from "./local-time.ts";
import type { Minutes } from "./open-hours.ts";
import type { Purpose, CallingRule } from "../../../flows/strategy/calling-rule.ts";

export type { CallHistory, PastCall } from "./call-history.ts";
export type { Purpose } from "../../../flows/strategy/calling-rule.ts";

export type Verdict =
  | { verdict: "allow"; rule: string; evidence: string }
  | { verdict: "defer"; until: number; rule: string; evidence: string }
  | { verdict: "deny"; rule: string; evidence: string };

const dayMs = 86_400_000;
/** Hours closed for this long never open: the longest run of holidays is ten days. */
const patienceMs = 21 * dayMs;

/** The rules for a call by jurisdiction of the number, purpose and audience, whatever their dates. */
export function rulesFor(
  number: string,
  purpose: string,
  history: Pick<CallHistory, "country" | "audience">,
  rules: readonly CallingRule[] = builtinRules,
): CallingRule[] {
  const where = jurisdictionsOf(number, history.country);
  return rules.filter(
    (rule) => where.includes(rule.jurisdiction) && rule.purposes.some((each) => each === purpose) && rule.audiences.includes(history.audience),
  );
}

/**
 * May this number be called at this moment? Pure and replayable; the verdict is stored with the attempt. Do-not-call lists first,
 * then refusals and consent of every rule that holds, then times: hours in each zone the called person may be in, caps and
 * cool-offs together, the strictest wins. `until` is the first moment, exactly, at which all of them agree; the rule named is
 * the one that keeps the call waiting longest.
 */
export function allow(at: number, number: string, purpose: Purpose, history: CallHistory, rules: readonly CallingRule[] = builtinRules): Verdict {
  if (history.doNotCall.length > 0) return { verdict: "deny", rule: "do-not-call", evidence: `${number} is on ${history.doNotCall.join(", ")}` };
  const call = { at, number, purpose, history };
  const applied = rulesFor(number, purpose, history, rules);
  const said: (Constraint | Refusal)[] = [campaignWindow(call), campaignCap(call), ...applied.flatMap((rule) => judgeRule(rule, call))];
  const refused = said.find((each): each is Refusal => "refusal" in each);
  if (refused) return { verdict: "deny", rule: refused.rule, evidence: refused.refusal };
  return agree(
    at,
    said.filter((each): each is Constraint => "next" in each),
    history,
  );
}

/** Alternates between the constraints until none moves: each gives the least moment it accepts, so what they agree on is the least of all. */
function agree(at: number, constraints: readonly Constraint[], history: Pick<CallHistory, "zones">): Verdict {
  let until = at;
  let shutSince = at;
  let reason: Constraint | null = null;
  for (;;) {
    let next = until;
    for (const constraint of constraints) {
      const moment = constraint.next(until, shutSince + patienceMs);
      if (moment === null || (constraint.hours && moment > shutSince + patienceMs)) {
        return { verdict: "deny", rule: constraint.rule, evidence: `the calling window never opens: ${constraint.evidence(until)}` };
      }
      if (!constraint.hours && moment > until) shutSince = Math.max(shutSince, moment);
      if (moment <= next) continue;
      next = moment;
      if (until === at) reason = constraint;
    }
    if (next === until) break;
    until = next;
  }
  if (reason) return { verdict: "defer", until, rule: reason.rule, evidence: reason.evidence(at) };
  return { verdict: "allow", rule: "calling-window", evidence: `${wallClocks(at, history)}; ${[...new Set(constraints.map((each) => each.rule))].join(", ")}` };
}

function wallClocks(at: number, { zones }: Pick<CallHistory, "zones">): string {
  const [first = "UTC"] = zones;
  const minutes = Math.floor(localTime(at, first).msOfDay / 60_000);
  const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return zones.length > 1 ? `${time} in ${first}, allowed in all ${zones.length} zones` : `${time} in ${first}`;
}

/** The first moment at which a window is open in all the zones; null: never. */
export function agreedMoment(at: number, zones: readonly string[], window: CallHistory["window"]): number | null {
  const verdict = agree(at, [windowConstraint(zones, window)], { zones });
  return verdict.verdict === "defer" ? verdict.until : verdict.verdict === "allow" ? at : null;
}

const campaignWindow = ({ history }: CallCase): Constraint => windowConstraint(history.zones, history.window);

function windowConstraint(zones: readonly string[], { from, to, days }: CallHistory["window"]): Constraint {
  const open: readonly Minutes[] = [minutesOf(`${from}-${to}`)];
  return hoursConstraint("calling-window", (_date, weekday) => (days.includes(weekday) ? open : []), zones, `window ${from}–${to}`);
}

function campaignCap({ history }: CallCase): Constraint {
  const own = history.calls.filter((call) => call.campaign === history.campaign);
  return capConstraint("attempts-per-day", { max: Math.max(1, history.maxPerDay), period: { rollingHours: 24 } }, own, history.zones);
}
