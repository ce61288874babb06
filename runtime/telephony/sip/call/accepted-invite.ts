import type { Clock } from "../../../ports/clock.ts";
import type { SipRequest } from "../message/sip-message.ts";
import type { ServerTransaction } from "../transaction/server-transaction.ts";

type Outcome = { acknowledged(ack: SipRequest): void; unacknowledged(): void };

/** Repeats a 2xx to INVITE until its ACK comes, at most 64*T1 (RFC 3261 §13.3.1.4). */
export class AcceptedInvite {
  private readonly transaction: ServerTransaction;
  private readonly clock: Clock;
  private readonly outcome: Outcome;
  private stopRepeat: () => void = () => {};
  private readonly stopLimit: () => void;
  private over = false;

  constructor(transaction: ServerTransaction, clock: Clock, T1: number, outcome: Outcome) {
    this.transaction = transaction;
    this.clock = clock;
    this.outcome = outcome;
    this.repeatAfter(T1, T1 * 8);
    this.stopLimit = clock.after(64 * T1, () => {
      this.stop();
      outcome.unacknowledged();
    });
  }

  /** True when this ACK was for our INVITE. */
  acknowledge(ack: SipRequest): boolean {
    if (this.over || ack.cseq.number !== this.transaction.cseq) return false;
    this.stop();
    this.outcome.acknowledged(ack);
    return true;
  }

  stop(): void {
    this.over = true;
    this.stopRepeat();
    this.stopLimit();
  }

  private repeatAfter(interval: number, longest: number): void {
    this.stopRepeat = this.clock.after(interval, () => {
      this.transaction.repeat();
      this.repeatAfter(Math.min(interval * 2, longest), longest);
    });
  }
}
