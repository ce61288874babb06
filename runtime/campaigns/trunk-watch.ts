/** Technical failures in a row after which a campaign no longer dials through a trunk. */
export const failuresInARow = 5;

/** Counts failed attempts in a row by trunk, over all campaigns: a trunk that is dead for one is dead for all. */
export class TrunkWatch {
  private readonly failures = new Map<string, number>();

  /** Notes what an attempt said of its trunk; the failures in a row now. */
  note(trunk: string, verdict: "failed" | "works" | "nothing"): number {
    const before = this.failures.get(trunk) ?? 0;
    const now = verdict === "failed" ? before + 1 : verdict === "works" ? 0 : before;
    this.failures.set(trunk, now);
    return now;
  }

  /** Somebody looked at it and starts again: it has all its tries. */
  forget(trunk: string): void {
    this.failures.delete(trunk);
  }
}
