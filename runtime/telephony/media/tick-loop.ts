export const TICK_MS = 5;
export const PHASES = 4;
const TOO_LATE_MS = 200;
const KEPT = 2_000;

/** The 20 ms beat, in four phases of 5 ms: setTimeout with drift correction, no catch-up burst after a stall. */
export class TickLoop {
  private readonly run: (phase: number) => void;
  private readonly skipped: (frames: number) => void;
  private readonly lateness = new Float32Array(KEPT);
  private measured = 0;
  private count = 0;
  private due = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(run: (phase: number) => void, skipped: (frames: number) => void) {
    this.run = run;
    this.skipped = skipped;
  }

  start(): void {
    if (this.timer) return;
    this.due = performance.now() + TICK_MS;
    this.timer = setTimeout(() => this.beat(), TICK_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** 99th percentile of how late the last ticks were. */
  lateP99(): number {
    const kept = this.lateness.slice(0, Math.min(this.measured, KEPT)).sort();
    return kept.length === 0 ? 0 : Math.round(kept[Math.floor((kept.length - 1) * 0.99)]! * 10) / 10;
  }

  private beat(): void {
    const late = performance.now() - this.due;
    this.lateness[this.measured++ % KEPT] = Math.max(0, late);
    if (late > TOO_LATE_MS) {
      const frames = Math.floor(late / (TICK_MS * PHASES));
      this.due += frames * TICK_MS * PHASES;
      this.skipped(frames);
    }
    do {
      this.run(this.count++ % PHASES);
      this.due += TICK_MS;
    } while (this.due <= performance.now() && this.timer);
    if (this.timer) this.timer = setTimeout(() => this.beat(), Math.max(0, this.due - performance.now()));
  }
}
