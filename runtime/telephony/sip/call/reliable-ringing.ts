import type { Clock } from "../../../ports/clock.ts";
import { splitList } from "../message/split-list.ts";
import type { HeaderMap, SipRequest } from "../message/sip-message.ts";
import type { HeaderList } from "../message/write-message.ts";

const HUNDRED_REL = "100rel";

/** True when the header ("require" or "supported") names 100rel. */
export function names100rel(message: { headers: HeaderMap }, name: "require" | "supported"): boolean {
  return (message.headers.get(name) ?? []).some((value) => splitList(value.toLowerCase()).includes(HUNDRED_REL));
}

type Outcome = { send(headers: HeaderList): void; unacknowledged(): void };

/** Repeats a provisional response until its PRACK comes, at most 64*T1 (RFC 3262 §3). One is outstanding at a time. */
export class ReliableRinging {
  private readonly clock: Clock;
  private readonly sequence: number;
  private readonly invite: { number: number };
  private stopRepeat: () => void = () => {};
  private stopLimit: () => void = () => {};
  private waiting = true;

  constructor(clock: Clock, T1: number, invite: SipRequest, sequence: number, outcome: Outcome) {
    this.clock = clock;
    this.sequence = sequence;
    this.invite = invite.cseq;
    const headers: HeaderList = [
      ["Require", HUNDRED_REL],
      ["RSeq", String(sequence)],
    ];
    const repeat = (wait: number) => {
      this.stopRepeat = clock.after(wait, () => {
        outcome.send(headers);
        repeat(wait * 2);
      });
    };
    outcome.send(headers);
    repeat(T1);
    this.stopLimit = clock.after(64 * T1, () => {
      this.stop();
      outcome.unacknowledged();
    });
  }

  /** True when this PRACK is for our response; a second one is not (§3). */
  acknowledge(prack: SipRequest): boolean {
    const [sequence, number, method] = (prack.headers.get("rack")?.[0] ?? "").trim().split(/\s+/);
    if (!this.waiting || Number(sequence) !== this.sequence || Number(number) !== this.invite.number || method !== "INVITE") return false;
    this.stop();
    return true;
  }

  /** The call goes on or ends without it. */
  stop(): void {
    this.waiting = false;
    this.stopRepeat();
    this.stopLimit();
  }
}
