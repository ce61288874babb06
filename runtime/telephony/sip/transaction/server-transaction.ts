import type { Clock } from "../../../ports/clock.ts";
import type { SipRequest } from "../message/sip-message.ts";
import { writeResponse, type HeaderList } from "../message/write-message.ts";
import type { Flow, SendText } from "../transport/flow.ts";
import type { Timers } from "./timers.ts";

export type ServerState = "trying" | "proceeding" | "completed" | "confirmed" | "accepted" | "terminated";

export type ResponseParts = { reason?: string; toTag?: string; headers?: HeaderList; body?: string; recordRoute?: boolean };

type Wiring = { flow: Flow; clock: Clock; send: SendText; timers: Timers; ended: (transaction: ServerTransaction) => void };

/**
 * Server transaction (RFC 3261 §17.2 with the Accepted state of RFC 6026 §7.1):
 * INVITE      proceeding -> completed (300-699) -> confirmed (ACK) -> terminated
 *             proceeding -> accepted (2xx) -> terminated
 * non-INVITE  trying -> proceeding -> completed -> terminated
 */
export class ServerTransaction {
  readonly cseq: number;
  readonly flow: Flow;
  state: ServerState;
  /** Called when an INVITE got no ACK for its refusal (timer H) or the transport failed. */
  onFailure: (reason: string) => void = () => {};
  onEnded: () => void = () => {};
  /** Called when the final response goes out: from then on a CANCEL changes nothing. */
  onFinal: () => void = () => {};
  private readonly wiring: Wiring;
  /** Until the final response: what is known for 32 s more has to be small. */
  private request: SipRequest | undefined;
  private readonly invite: boolean;
  private last = "";
  private readonly cancels = new Map<string, () => void>();

  constructor({ request, ...wiring }: Wiring & { request: SipRequest }) {
    this.wiring = wiring;
    this.request = request;
    this.cseq = request.cseq.number;
    this.flow = wiring.flow;
    this.invite = request.method === "INVITE";
    this.state = this.invite ? "proceeding" : "trying";
  }

  /** Sends a response and moves on. A second final response is ignored. */
  respond(status: number, parts: ResponseParts = {}): void {
    const { request } = this;
    if (!request || (this.state !== "trying" && this.state !== "proceeding")) return;
    this.transmit(writeResponse(request, status, status === 503 ? { ...parts, headers: withRetryAfter(parts.headers) } : parts));
    if (status >= 200) {
      this.request = undefined;
      this.onFinal();
    }
    if (status < 200) this.state = "proceeding";
    else if (!this.invite) this.complete();
    else if (status < 300) this.accept();
    else this.refuse();
  }

  /** Sends the 2xx again: retransmitting it until the ACK is the call's business (RFC 6026 §7.1). */
  repeat(): void {
    if (this.state === "accepted") this.transmit(this.last);
  }

  /** The request came again. */
  retransmitted(): void {
    if (this.last !== "" && (this.state === "proceeding" || this.state === "completed")) this.transmit(this.last);
  }

  /** ACK for a 300-699 response. */
  acknowledged(): void {
    if (this.state !== "completed" || !this.invite) return;
    this.state = "confirmed";
    this.stopTimers();
    this.after("I", this.wiring.timers.I, () => this.terminate());
  }

  terminate(): void {
    if (this.state === "terminated") return;
    this.state = "terminated";
    this.stopTimers();
    this.wiring.ended(this);
    this.onEnded();
  }

  private complete(): void {
    this.state = "completed";
    this.after("J", this.wiring.timers.J, () => this.terminate());
  }

  private accept(): void {
    this.state = "accepted";
    this.after("L", this.wiring.timers.L, () => this.terminate());
  }

  private refuse(): void {
    const { timers } = this.wiring;
    this.state = "completed";
    this.after("H", timers.H, () => {
      this.terminate();
      this.onFailure("no ACK");
    });
    if (timers.G > 0) this.repeatEvery(timers.G);
  }

  private repeatEvery(interval: number): void {
    this.after("G", interval, () => {
      this.transmit(this.last);
      this.repeatEvery(Math.min(interval * 2, this.wiring.timers.T2));
    });
  }

  private transmit(text: string): void {
    this.last = text;
    this.wiring.send(text, this.flow, (reason) => this.onFailure(reason));
  }

  private after(name: string, ms: number, run: () => void): void {
    if (ms === 0) run();
    else this.cancels.set(name, this.wiring.clock.after(ms, run));
  }

  private stopTimers(): void {
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
  }
}

const RETRY_AFTER_S = 5;

/** A 503 without Retry-After would be taken as 500 (RFC 3261 §21.5.4). */
function withRetryAfter(headers: HeaderList = []): HeaderList {
  return headers.some(([name]) => name.toLowerCase() === "retry-after") ? headers : [...headers, ["Retry-After", String(RETRY_AFTER_S)]];
}
