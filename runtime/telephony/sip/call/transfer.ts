import type { Clock } from "../../../ports/clock.ts";
import type { SipRequest } from "../message/sip-message.ts";

export type TransferOutcome = { ok: boolean; sipStatus: number };

const NOTIFY_WAIT_MS = 120_000;

/** A blind transfer (RFC 3515): from REFER to the final sipfrag. Its outcome is reported once. */
export class Transfer {
  private readonly done: (outcome: TransferOutcome) => void;
  private readonly stopWait: () => void;
  private accepted = false;
  private over = false;

  constructor(clock: Clock, done: (outcome: TransferOutcome) => void) {
    this.done = done;
    this.stopWait = clock.after(NOTIFY_WAIT_MS, () => this.finish({ ok: false, sipStatus: 408 }));
  }

  /** The answer to the REFER itself. */
  answered(status: number): void {
    if (status >= 200 && status < 300) this.accepted = true;
    else if (status >= 300) this.finish({ ok: false, sipStatus: status });
  }

  /** A NOTIFY of the subscription; provisional states are passed over. */
  notified(request: SipRequest): void {
    const match = /^SIP\/2\.0\s+(\d{3})/i.exec(request.body.trim());
    const status = match ? Number(match[1]) : 0;
    if (status >= 200) this.finish({ ok: status < 300, sipStatus: status });
    else if (/^\s*terminated/i.test(request.headers.get("subscription-state")?.[0] ?? "")) this.finish({ ok: false, sipStatus: status || 480 });
  }

  /** The call ended first: phones that accepted a REFER often send BYE instead of the last NOTIFY. */
  callEnded(): void {
    this.finish(this.accepted ? { ok: true, sipStatus: 202 } : { ok: false, sipStatus: 481 });
  }

  private finish(outcome: TransferOutcome): void {
    if (this.over) return;
    this.over = true;
    this.stopWait();
    this.done(outcome);
  }
}
