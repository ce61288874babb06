import type { Audience, ParameterOf, Period } from "../../../flows/strategy/calling-rule.ts";
import { rulesFor } from "./allow.ts";

export type AbandonmentLimits = {
  /** Largest share of live answers that may find nobody, 0–1; null: no rule gives a number. */
  cap: number | null;
  /** An answer without an operator after this many seconds counts as abandoned; null: no rule. */
  connectSeconds: number | null;
  /** Every window that the cap has to hold in. */
  windows: readonly Period[];
  /** False positives of AMD count as abandoned. */
  falseMachinesCount: boolean;
  rules: readonly string[];
};

/** Abandonment limits for a number at a moment: the strictest of the rules in force. Pure. */
export function abandonmentLimits(at: number, number: string, purpose: string, where: { country: string; audience: Audience }): AbandonmentLimits {
  const day = new Date(at).toISOString().slice(0, 10);
  const valid = rulesFor(number, purpose, where).filter((rule) => rule.validFrom <= day && (rule.validTo === null || day <= rule.validTo));
  const found = valid.flatMap((rule) =>
    rule.parameters.filter((parameter): parameter is ParameterOf<"abandonment"> => parameter.kind === "abandonment").map((parameter) => ({ rule, parameter })),
  );
  const caps = found.flatMap(({ parameter }) => (parameter.cap === null ? [] : [parameter.cap]));
  const seconds = found.map(({ parameter }) => parameter.connectSeconds);
  return {
    cap: caps.length > 0 ? Math.min(...caps) : null,
    connectSeconds: seconds.length > 0 ? Math.min(...seconds) : null,
    windows: found.flatMap(({ parameter }) => (parameter.window ? [parameter.window] : [])),
    falseMachinesCount: found.some(({ parameter }) => parameter.falseMachinesCount),
    rules: found.map(({ rule }) => rule.id),
  };
}
