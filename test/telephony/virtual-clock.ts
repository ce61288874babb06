import type { Clock } from "../../runtime/ports/clock.ts";

/** Time that passes only when a test says so; callbacks due together run in the order they were asked for. */
export class VirtualClock implements Clock {
  private time: number;
  private waiting: { at: number; order: number; callback: () => void }[] = [];
  private order = 0;

  constructor(start = 1_000_000) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): () => void {
    const entry = { at: this.time + Math.max(0, ms), order: this.order++, callback };
    this.waiting.push(entry);
    return () => void (this.waiting = this.waiting.filter((one) => one !== entry));
  }

  /** Lets `ms` pass, running what falls due. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = this.waiting.filter((one) => one.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!due) break;
      this.waiting = this.waiting.filter((one) => one !== due);
      this.time = due.at;
      due.callback();
    }
    this.time = end;
  }

  get pending(): number {
    return this.waiting.length;
  }
}

/** A clock whose wall may be set, back too, while time goes on. */
export class SetClock extends VirtualClock {
  private set = 0;

  override now(): number {
    return super.now() + this.set;
  }

  elapsed(): number {
    return super.now();
  }

  /** Sets the wall by so many milliseconds. */
  step(ms: number): void {
    this.set += ms;
  }
}
