import type { Flow } from "../schema/flow.ts";
import type { Issue } from "../schema/issue.ts";

export type ScoreReason = { code: string; points: number; message: { ru: string; en: string } };
export type Score = { score: number; reasons: ScoreReason[] };

/** Points per message of each severity, and the maximum per rule. */
export const scoreWeights = { error: { points: 20, most: 50 }, warning: { points: 5, most: 15 }, info: { points: 1, most: 3 } } as const;

/** Rules with their own weight: those that callers notice most and those that are a matter of taste. */
export const ownWeights: Readonly<Record<string, number>> = {
  "no-way-to-person": 15,
  "no-opt-out": 15,
  "secret-spoken": 15,
  "record-without-notice": 10,
  "silence-loops": 10,
  "ad-before-menu": 10,
  "first-choice-late": 10,
  "worst-case-duration": 10,
  "loses-data-on-hangup": 10,
  "attempt-limits": 10,
  "machine-message-private": 10,
  "unreachable-node": 2,
  "no-voice": 2,
  "unknown-exit": 2,
  "not-available": 0,
};

/** With an error the score is below 50; with a warning it is below 100. */
export const scoreBounds = { withErrors: 49, withWarning: 95 } as const;

/**
 * A score from 0 to 100 for a checked flow, with the deductions and their reasons, largest first. Deterministic; `issues` are
 * those of `checkFlow`. Issues without points are not listed.
 */
export function scoreFlow(_flow: Pick<Flow, "id">, issues: readonly Issue[]): Score {
  const byCode = new Map<string, { severity: Issue["severity"]; points: number; count: number; first: Issue }>();
  for (const issue of issues) {
    const points = ownWeights[issue.code] ?? scoreWeights[issue.severity].points;
    const before = byCode.get(issue.code);
    if (!before) byCode.set(issue.code, { severity: issue.severity, points, count: 1, first: issue });
    else byCode.set(issue.code, { ...before, points: before.points + points, count: before.count + 1 });
  }
  const reasons = [...byCode].flatMap(([code, { severity, points, count, first }]): ScoreReason[] => {
    const lost = Math.min(points, Math.max(scoreWeights[severity].most, ownWeights[code] ?? 0));
    return lost === 0 ? [] : [{ code, points: lost, message: told(first, count) }];
  });
  reasons.sort((a, b) => b.points - a.points || (a.code < b.code ? -1 : 1));
  const left = 100 - reasons.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.max(0, Math.min(left, bound(issues))), reasons };
}

function bound(issues: readonly Issue[]): number {
  if (issues.some((issue) => issue.severity === "error")) return scoreBounds.withErrors;
  return issues.some((issue) => issue.severity === "warning") ? scoreBounds.withWarning : 100;
}

/** The first message of a rule and the number of further ones. */
function told({ node, message }: Issue, count: number): { ru: string; en: string } {
  const where = node === null ? "" : `${node}: `;
  const line = (text: string) => where + text.split("\n")[0]!;
  if (count === 1) return { ru: line(message.ru), en: line(message.en) };
  return { ru: `${line(message.ru)} (и ещё ${count - 1})`, en: `${line(message.en)} (and ${count - 1} more)` };
}
