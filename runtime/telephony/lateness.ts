const WINDOW_MS = 2_000;
const KEPT = 512;
const LATE_MS = 100;
const CALM_MS = 50;
const STALL_MS = 2_000;
const SKIPS = 2;

/**
 * Whether a thread keeps up, from how late its own beats come: late when half of those of the last two seconds were over 100 ms late,
 * when two of them had to skip, or when one stall lasted two seconds; well again when half are under 50 ms. A single short stall is none.
 */
export class Lateness {
  private readonly at = new Float64Array(KEPT);
  private readonly by = new Float64Array(KEPT);
  private readonly skipped = new Uint8Array(KEPT);
  private count = 0;
  private state = false;

  /** A beat at `now` (monotonic ms) that came `late` ms late; `skip`: what was due in between is not done. */
  note(now: number, late: number, skip = false): void {
    const i = this.count++ % KEPT;
    this.at[i] = now;
    this.by[i] = late;
    this.skipped[i] = skip ? 1 : 0;
  }

  /** Judges the beats of the last two seconds before `now`. */
  late(now: number): boolean {
    const recent: number[] = [];
    let skips = 0;
    let longest = 0;
    for (let i = 0; i < Math.min(this.count, KEPT); i++) {
      if (now - this.at[i]! > WINDOW_MS) continue;
      recent.push(this.by[i]!);
      skips += this.skipped[i]!;
      longest = Math.max(longest, this.by[i]!);
    }
    const median = recent.sort((a, b) => a - b)[recent.length >> 1] ?? 0;
    this.state = skips >= SKIPS || longest >= STALL_MS || median > (this.state ? CALM_MS : LATE_MS);
    return this.state;
  }
}
