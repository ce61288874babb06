import { elapsed, type Clock } from "../../../ports/clock.ts";

/** A caller that is there acknowledges within a few repetitions of the 2xx. */
const PATIENCE_MS = 2_000;
/** Under a flood: longer than a way there and back. */
const FLOOD_PATIENCE_MS = 300;

type Waiting = { at: number; end: () => void };

/**
 * Answered calls without an ACK. They hold lines for 32 s (RFC 3261 §13.3.1.4), so a sender that never acknowledges could take them
 * all. At most `most` may wait longer than two seconds; while so many wait, each new call makes the oldest of them give way. Addresses do
 * not matter: behind one trunk there are good callers and bad ones.
 */
export class HalfOpen {
  private readonly clock: Clock;
  private readonly most: number;
  /** In the order of their answers. */
  private readonly waiting = new Set<Waiting>();

  constructor(clock: Clock, most: number) {
    this.clock = clock;
    this.most = most;
  }

  /** A call was answered; `end` ends it. Returns what to call when its ACK came or it is over. */
  add(end: () => void): () => void {
    const entry: Waiting = { at: elapsed(this.clock), end };
    this.waiting.add(entry);
    const cancel = this.clock.after(PATIENCE_MS, () => this.endOlder(PATIENCE_MS, this.most));
    return () => {
      cancel();
      this.waiting.delete(entry);
    };
  }

  /** A new call comes: the oldest that wait give way to it. */
  makeRoom(): void {
    if (this.waiting.size >= this.most) this.endOlder(FLOOD_PATIENCE_MS, this.most - 1);
  }

  get size(): number {
    return this.waiting.size;
  }

  /** Ends those that have waited so long, the oldest first, until `keep` of them are left. */
  private endOlder(ms: number, keep: number): void {
    const since = elapsed(this.clock) - ms;
    const overdue = [...this.waiting].filter((entry) => entry.at <= since);
    for (const entry of overdue.slice(0, Math.max(0, overdue.length - keep))) entry.end();
  }
}
