/**
 * final: somebody talked. soft: retry. hard: the number is unusable. technical: a line failed; no attempt
 * is counted. compliance: relevant to regulations. config: a configuration error; no attempt is counted either.
 */
export type OutcomeClass = "final" | "soft" | "hard" | "technical" | "compliance" | "config";

type Fine = { class: OutcomeClass; exit: string };

/** Detailed attempt outcomes, their class and the exit of `dial`. */
export const attemptOutcomes = {
  human: { class: "final", exit: "answered" },
  abandoned: { class: "compliance", exit: "answered" },
  machine: { class: "soft", exit: "machine" },
  machineBeep: { class: "soft", exit: "machine" },
  unknownAnswer: { class: "final", exit: "answered" },
  fax: { class: "hard", exit: "fax" },
  modem: { class: "hard", exit: "fax" },
  deadAir: { class: "soft", exit: "answered" },
  shortAnswer: { class: "soft", exit: "answered" },
  /** The call was answered, but the flow failed before it reached an outcome. */
  flowFault: { class: "soft", exit: "failed" },
  busy: { class: "soft", exit: "busy" },
  noAnswer: { class: "soft", exit: "noAnswer" },
  unreachable: { class: "soft", exit: "noAnswer" },
  invalidNumber: { class: "hard", exit: "invalid" },
  badFormat: { class: "hard", exit: "invalid" },
  numberChanged: { class: "hard", exit: "invalid" },
  intercept: { class: "hard", exit: "invalid" },
  vacantCode: { class: "hard", exit: "invalid" },
  sitUnknown: { class: "soft", exit: "rejected" },
  rejected: { class: "soft", exit: "rejected" },
  unwanted: { class: "compliance", exit: "rejected" },
  blocked: { class: "config", exit: "failed" },
  carrierDenied: { class: "config", exit: "failed" },
  congestion: { class: "technical", exit: "failed" },
  techError: { class: "technical", exit: "failed" },
  reorder: { class: "technical", exit: "failed" },
  noCircuit: { class: "technical", exit: "failed" },
  denied: { class: "compliance", exit: "denied" },
  unknown: { class: "soft", exit: "unknown" },
} as const satisfies Record<string, Fine>;

export type AttemptOutcome = keyof typeof attemptOutcomes;
export const attemptOutcomeNames = Object.keys(attemptOutcomes) as [AttemptOutcome, ...AttemptOutcome[]];

/** Whether an outcome counts as an attempt: line failures, configuration errors and legal refusals do not. */
export function usesUpAttempt(outcome: string, detail?: string | null): boolean {
  const fine = attemptOutcomeNames.find((name) => name === detail);
  if (!fine) return outcome !== "failed" && outcome !== "denied";
  const { class: kind, exit } = attemptOutcomes[fine];
  return kind !== "technical" && kind !== "config" && exit !== "denied";
}
