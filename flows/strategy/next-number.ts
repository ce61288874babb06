import { attemptOutcomes, attemptOutcomeNames, usesUpAttempt } from "./attempt-outcomes.ts";

export type NumberTry = { number: string; outcome: string; detail?: string | null };

/**
 * The number of a contact to dial next: the first with fewer than `after` counted attempts; if all have reached it, the one that
 * has had the fewest. A number of no use (hard outcome; "does not exist" only when it was said twice: carriers misuse it) is
 * passed over; null when none is left. Pure.
 */
export function nextNumber(numbers: readonly string[], history: readonly NumberTry[], after: number): string | null {
  const alive = numbers.filter((number) => !isDead(history.filter((attempt) => attempt.number === number)));
  const tries = (number: string) => history.filter((attempt) => attempt.number === number && usesUpAttempt(attempt.outcome, attempt.detail)).length;
  const fresh = alive.find((number) => tries(number) < after);
  return fresh ?? [...alive].sort((a, b) => tries(a) - tries(b))[0] ?? null;
}

function isDead(history: readonly NumberTry[]): boolean {
  const hard = history.filter((attempt) => {
    const fine = attemptOutcomeNames.find((name) => name === attempt.detail);
    return fine !== undefined && attemptOutcomes[fine].class === "hard";
  });
  return hard.some((attempt) => attempt.detail !== "invalidNumber") || hard.length >= 2;
}
