import type { CallCase, PastCall } from "./call-history.ts";
import { capFreeAt } from "./frequency.ts";
import { hoursOfRule } from "./hours-of-rule.ts";
import { localTime } from "./local-time.ts";
import { isOpen, nextOpening, type HoursOf } from "./open-hours.ts";
import { consents, type Parameter, type ParameterOf, type CallingRule } from "../../../flows/strategy/calling-rule.ts";

/** A moment in time is asked of it: the first one at or after `at` that it lets pass, not after `limit` where it is hours; null: none. */
export type Constraint = { rule: string; hours: boolean; next(at: number, limit: number): number | null; evidence(at: number): string };
/** Not now and not later either. */
export type Refusal = { rule: string; refusal: string };

type Judge<Kind extends Parameter["kind"]> = (parameter: ParameterOf<Kind>, rule: CallingRule, call: CallCase) => Constraint | Refusal | null;

const hourMs = 3_600_000;
const clock = (at: number, zone: string): string => {
  const minutes = Math.floor(localTime(at, zone).msOfDay / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};

/** Hours that must be open in every zone the called person may be in. */
export function hoursConstraint(rule: string, hoursOf: HoursOf, zones: readonly string[], words: string): Constraint {
  return {
    rule,
    hours: true,
    next(at, limit) {
      let latest = at;
      for (const zone of zones) {
        const opens = nextOpening(at, zone, hoursOf, limit);
        if (opens === null) return null;
        latest = Math.max(latest, opens);
      }
      return latest;
    },
    evidence(at) {
      const closed = zones.find((zone) => !isOpen(at, zone, hoursOf)) ?? zones[0] ?? "UTC";
      return `${clock(at, closed)} in ${closed}${zones.length > 1 ? ` (one of ${zones.length} zones the number may be in)` : ""}, ${words}`;
    },
  };
}

/** At most `max` of these calls in a period. */
export function capConstraint(
  rule: string,
  parameter: Pick<ParameterOf<"cap">, "max" | "period">,
  calls: readonly PastCall[],
  zones: readonly string[],
): Constraint {
  const times = calls.map((call) => call.at);
  const { max, period } = parameter;
  const words = "calendar" in period ? `a calendar ${period.calendar}` : `${period.rollingHours} hours`;
  return {
    rule,
    hours: false,
    // A rolling period is the same in every zone.
    next: (at) => Math.max(...("calendar" in period ? zones : zones.slice(0, 1)).map((zone) => capFreeAt(at, times, max, period, zone))),
    evidence: () => `the limit of ${max} calls in ${words} is reached`,
  };
}

const nothing = (): null => null;

/** The judge of each parameter kind; kinds handled by pacing, the dialler or people are ignored here. */
const judges: { [Kind in Parameter["kind"]]: Judge<Kind> } = {
  hours(parameter, rule, { history }) {
    if (parameter.liftedBy && consents.indexOf(history.consent) >= consents.indexOf(parameter.liftedBy)) return null;
    return hoursConstraint(rule.id, hoursOfRule(parameter), history.zones, "outside the hours allowed by the rule");
  },
  cap(parameter, rule, { history }) {
    if (parameter.counts === "messages" || parameter.counts === "meetings") return null;
    if (parameter.voice !== "any" && (parameter.voice === "machine") !== history.automatic) return null;
    const counted = history.calls.filter(
      (call) =>
        (parameter.counts === "answered" ? call.answered : call.reached) &&
        rule.purposes.some((purpose) => purpose === call.purpose) &&
        (parameter.per === "number" || call.campaign === history.campaign),
    );
    return capConstraint(rule.id, parameter, counted, history.zones);
  },
  coolOff(parameter, rule, { history }) {
    if (parameter.unlessOperatorHeld && history.operatorHeld) return null;
    const ends = history.calls.filter((call) => call.events.includes(parameter.after)).map((call) => (call.endedAt ?? call.at) + parameter.hours * hourMs);
    return {
      rule: rule.id,
      hours: false,
      next: (at) => Math.max(at, ...ends),
      evidence: () => `no call for ${parameter.hours} hours after: ${parameter.after}`,
    };
  },
  refuseAutomatic: (_parameter, rule, { purpose, history }) =>
    history.automatic ? { rule: rule.id, refusal: `${purpose} must not be dialled without an operator` } : null,
  consent(parameter, rule, { history }) {
    if (parameter.voice === "machine" && !history.automatic) return null;
    if (consents.indexOf(history.consent) >= consents.indexOf(parameter.atLeast)) return null;
    return { rule: rule.id, refusal: `consent "${parameter.atLeast}" is required, but the campaign has "${history.consent}"` };
  },
  abandonment: nothing,
  ringTime: nothing,
  label: nothing,
  screening: nothing,
  duty: nothing,
};

/** The constraints of a rule on a call. A rule applies from half a day before its first day to half a day after its last, in every zone. */
export function judgeRule(rule: CallingRule, call: CallCase): (Constraint | Refusal)[] {
  const begins = Date.parse(rule.validFrom) - 14 * hourMs;
  const ends = rule.validTo === null ? Infinity : Date.parse(rule.validTo) + (24 + 12) * hourMs;
  return rule.parameters.flatMap((parameter): (Constraint | Refusal)[] => {
    // The record holds for every kind the judge of that kind; TypeScript does not follow the pairing.
    const judge = judges[parameter.kind] as Judge<Parameter["kind"]>;
    const said = judge(parameter, rule, call);
    if (!said) return [];
    if ("refusal" in said) return call.at >= begins && call.at < ends ? [said] : [];
    return [{ ...said, next: (at: number, limit: number) => (at < begins || at >= ends ? at : sooner(said.next(at, limit), ends)) }];
  });
}

/** A rule that ends while one waits for it does not hold any longer. */
const sooner = (next: number | null, ends: number): number | null => (next === null ? (ends === Infinity ? null : ends) : Math.min(next, ends));
