import { Lateness } from "../lateness.ts";

export const TICK_MS = 5;
export const PHASES = 4;
const TOO_LATE_MS = 200;
const KEPT = 2_000;

/**
 * The 20 ms beat, in four phases of 5 ms, with drift correction. One phase a turn of the event loop: between two of them packets and
 * commands (a `close` above all) are read, however far it is behind. Beyond 200 ms the frames that are due are skipped, never sent in a burst.
 */
export class TickLoop {
  private readonly run: (phase: number) => void;
  private readonly skipped: (frames: number) => void;
  private readonly lateness = new Float32Array(KEPT);
  private readonly health = new Lateness();
  private measured = 0;
  private count = 0;
  private due = 0;
  private running = false;
  private cancel = () => {};

  constructor(run: (phase: number) => void, skipped: (frames: number) => void) {
    this.run = run;
    this.skipped = skipped;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.due = performance.now() + TICK_MS;
    this.next();
  }

  stop(): void {
    this.running = false;
    this.cancel();
  }

  /** 99th percentile of how late the last ticks were. */
  lateP99(): number {
    const kept = this.lateness.slice(0, Math.min(this.measured, KEPT)).sort();
    return kept.length === 0 ? 0 : Math.round(kept[Math.floor((kept.length - 1) * 0.99)]! * 10) / 10;
  }

  /** True while it cannot keep up. */
  get late(): boolean {
    return this.health.late(performance.now());
  }

  private beat(): void {
    const now = performance.now();
    const late = Math.max(0, now - this.due);
    this.lateness[this.measured++ % KEPT] = late;
    const skip = late > TOO_LATE_MS;
    this.health.note(now, late, skip);
    if (skip) {
      const frames = Math.floor(late / (TICK_MS * PHASES));
      this.due += frames * TICK_MS * PHASES;
      this.skipped(frames);
    }
    this.run(this.count++ % PHASES);
    this.due += TICK_MS;
    if (this.running) this.next();
  }

  private next(): void {
    const wait = this.due - performance.now();
    if (wait > 0) {
      const timer = setTimeout(() => this.beat(), wait);
      this.cancel = () => clearTimeout(timer);
    } else {
      const turn = setImmediate(() => this.beat());
      this.cancel = () => clearImmediate(turn);
    }
  }
}
