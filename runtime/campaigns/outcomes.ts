import type { HangupCause } from "../ports/telephony.ts";

/** SIP status and Q.850 cause of an unanswered call → exit of `dial` (outbound.md §5, first cut). */
export function attemptOutcome({ sipStatus = 0, q850 = 0 }: HangupCause): string {
  const bySip = sipOutcomes.find(([statuses]) => statuses.includes(sipStatus))?.[1];
  if (bySip) return bySip;
  const byCause = causeOutcomes.find(([causes]) => causes.includes(q850))?.[1];
  return byCause ?? (sipStatus >= 500 || sipStatus === 0 ? "failed" : "rejected");
}

const sipOutcomes: readonly [number[], string][] = [
  [[486, 600], "busy"],
  [[408, 480, 487], "noAnswer"],
  [[404, 410, 484, 485, 604], "invalid"],
  [[603, 607, 608], "rejected"],
  [[401, 403, 407, 503, 504], "failed"],
];
const causeOutcomes: readonly [number[], string][] = [
  [[17], "busy"],
  [[18, 19, 20], "noAnswer"],
  [[1, 22, 28], "invalid"],
  [[21], "rejected"],
  [[34, 38, 41, 42, 47], "failed"],
];
