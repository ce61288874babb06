/** Failures in a row after which a campaign no longer dials through a trunk, or into a flow. */
export const failuresInARow = 5;

/** Counts failed attempts in a row by trunk and by flow played, over all campaigns: one that is broken for one is broken for all. */
export class TrunkWatch {
  private readonly failures = new Map<string, number>();

  /** Notes what an attempt said of its trunk or flow; the failures in a row now. */
  note(name: string, verdict: "failed" | "works" | "nothing"): number {
    const before = this.failures.get(name) ?? 0;
    const now = verdict === "failed" ? before + 1 : verdict === "works" ? 0 : before;
    this.failures.set(name, now);
    return now;
  }

  /** Somebody looked at it and starts again: it has all its tries. */
  forget(name: string): void {
    this.failures.delete(name);
  }
}

/** The name a flow is counted under, beside trunks. */
export const flowName = (flow: string): string => `flow ${flow}`;
