import type { LegCommand } from "../sip/threads/protocol.ts";

const PER_LEG = 20;
const LEGS = 10_000;

/** Commands that came before their leg's socket was open: two threads, two roads. Those of closed legs are not kept. */
export class EarlyCommands {
  private readonly waiting = new Map<string, LegCommand[]>();
  private readonly closed = new Set<string>();

  /** True when the command was put aside. */
  keep(command: LegCommand): boolean {
    if (this.closed.has(command.leg) || (this.waiting.size >= LEGS && !this.waiting.has(command.leg))) return false;
    const kept = this.waiting.get(command.leg) ?? [];
    if (kept.length >= PER_LEG) return false;
    kept.push(command);
    this.waiting.set(command.leg, kept);
    return true;
  }

  /** The leg is open: what it was to do, in order. */
  take(leg: string): LegCommand[] {
    const kept = this.waiting.get(leg) ?? [];
    this.waiting.delete(leg);
    return kept;
  }

  /** The leg is gone; commands still on the road must not wait for it. */
  close(leg: string): LegCommand[] {
    this.closed.add(leg);
    if (this.closed.size > LEGS)
      for (const oldest of this.closed) {
        this.closed.delete(oldest);
        break;
      }
    return this.take(leg);
  }
}
