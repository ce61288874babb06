import { elapsed, type Clock } from "../../../ports/clock.ts";

/** A caller that is there acknowledges within a few repetitions of the 2xx. */
const PATIENCE_MS = 2_000;
const SHOWN_MS = 1_000;

type Waiting = { address: string; at: number; end: () => void };

/**
 * Answered calls without an ACK. They hold lines for 32 s (RFC 3261 §13.3.1.4), so a sender that never acknowledges could take them
 * all. At most `most` may wait longer than two seconds: the oldest beyond that are ended; and an address that has so many waiting,
 * one of them for over a second, gets no new call.
 */
export class HalfOpen {
  private readonly clock: Clock;
  private readonly most: number;
  /** In the order of their answers. */
  private readonly waiting = new Set<Waiting>();
  private readonly byAddress = new Map<string, Set<Waiting>>();

  constructor(clock: Clock, most: number) {
    this.clock = clock;
    this.most = most;
  }

  /** A call was answered; `end` ends it. Returns what to call when its ACK came or it is over. */
  add(address: string, end: () => void): () => void {
    const entry: Waiting = { address, at: elapsed(this.clock), end };
    const same = this.byAddress.get(address) ?? new Set();
    this.byAddress.set(address, same.add(entry));
    this.waiting.add(entry);
    const cancel = this.clock.after(PATIENCE_MS, () => this.shed());
    return () => {
      cancel();
      if (!this.waiting.delete(entry)) return;
      same.delete(entry);
      if (same.size === 0) this.byAddress.delete(address);
    };
  }

  refuses(address: string): boolean {
    const same = this.byAddress.get(address);
    if (!same || same.size < this.most) return false;
    const [oldest] = same;
    return oldest !== undefined && elapsed(this.clock) - oldest.at >= SHOWN_MS;
  }

  get size(): number {
    return this.waiting.size;
  }

  private shed(): void {
    const old = elapsed(this.clock) - PATIENCE_MS;
    const overdue = [...this.waiting].filter((entry) => entry.at <= old);
    for (const entry of overdue.slice(0, Math.max(0, overdue.length - this.most))) entry.end();
  }
}
