import { Lateness } from "../../lateness.ts";

const BEAT_MS = 100;
/** A thread that is silent for this long counts as overloaded. */
const SILENT_MS = 5_000;

/** The pulse of this thread, and what the others said of theirs. `changed` is called on each beat. */
export class ThreadPulse {
  private readonly own = new Lateness();
  private readonly others = new Map<string, { late: boolean; at: number }>();
  private due = performance.now() + BEAT_MS;
  private readonly timer: NodeJS.Timeout;
  private ownLate = false;

  /** `beat` is called ten times a second with whether this thread is late. */
  constructor(beat: (late: boolean) => void = () => {}) {
    this.timer = setInterval(() => {
      const now = performance.now();
      this.own.note(now, Math.max(0, now - this.due));
      this.due = now + BEAT_MS;
      this.ownLate = this.own.late(now);
      beat(this.ownLate);
    }, BEAT_MS);
    this.timer.unref();
  }

  /** Another thread says how it is. */
  heard(thread: string, late: boolean): void {
    this.others.set(thread, { late, at: performance.now() });
  }

  forget(): void {
    this.others.clear();
  }

  /** The threads that do not keep up; this one is named `self`. */
  late(self: string): string[] {
    const now = performance.now();
    const names = this.ownLate ? [self] : [];
    // Who cannot look at its own messages cannot judge the silence of others.
    for (const [name, { late, at }] of this.others) if (late || (!this.ownLate && now - at > SILENT_MS)) names.push(name);
    return names;
  }

  /** A thread that has said nothing for so long, while this one keeps up. */
  silent(ms: number): string | undefined {
    const now = performance.now();
    if (this.ownLate) return undefined;
    for (const [name, { at }] of this.others) if (now - at > ms) return name;
    return undefined;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
