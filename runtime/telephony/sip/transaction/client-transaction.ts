import type { Clock } from "../../../ports/clock.ts";
import type { SipResponse } from "../message/sip-message.ts";
import { writeMessage, type HeaderList } from "../message/write-message.ts";
import type { Flow, ListenForRefusal, SendText } from "../transport/flow.ts";
import type { Timers } from "./timers.ts";

/** A request to send, without Via and Content-Length. `from` and `to` headers are in `headers`. */
export type OutgoingRequest = { method: string; uri: string; headers: HeaderList; body?: string };

export type ClientState = "calling" | "trying" | "proceeding" | "completed" | "accepted" | "terminated";

export type ClientUser = {
  onResponse(response: SipResponse): void;
  /** Timer B or F fired, or the transport failed (`detail`: the system's words). */
  onFailure(reason: "timeout" | "transport", detail?: string): void;
};

type Wiring = {
  request: OutgoingRequest;
  via: string;
  flow: Flow;
  clock: Clock;
  send: SendText;
  timers: Timers;
  user: ClientUser;
  /** Asks whether the far end's port is closed (ICMP); calls back only when it is. */
  listenForRefusal?: ListenForRefusal;
  ended: (transaction: ClientTransaction) => void;
};

/**
 * Client transaction (RFC 3261 §17.1 with the Accepted state of RFC 6026 §7.2):
 * INVITE      calling -> proceeding -> completed (300-699, ACK sent) | accepted (2xx) -> terminated
 * non-INVITE  trying -> proceeding -> completed -> terminated
 */
export class ClientTransaction {
  readonly request: OutgoingRequest;
  readonly via: string;
  readonly flow: Flow;
  state: ClientState;
  private readonly wiring: Wiring;
  private readonly invite: boolean;
  private readonly text: string;
  private ack = "";
  private readonly cancels = new Map<string, () => void>();

  constructor(wiring: Wiring) {
    this.wiring = wiring;
    this.request = wiring.request;
    this.via = wiring.via;
    this.flow = wiring.flow;
    this.invite = wiring.request.method === "INVITE";
    this.state = this.invite ? "calling" : "trying";
    this.text = writeMessage(`${this.request.method} ${this.request.uri} SIP/2.0`, [["Via", this.via], ...this.request.headers], this.request.body);
  }

  /** Sends for the first time and starts the timers. */
  start(): void {
    const { timers } = this.wiring;
    const first = this.invite ? timers.A : timers.E;
    if (first > 0) this.repeatAfter(first);
    this.after("giveUp", this.invite ? timers.B : timers.F, () => this.failed("timeout"));
    this.transmit(this.text);
  }

  /** A response with our branch came. */
  receive(response: SipResponse): void {
    if (response.status < 200) this.provisional(response);
    else if (this.invite) this.inviteFinal(response);
    else this.final(response);
  }

  terminate(): void {
    if (this.state === "terminated") return;
    this.state = "terminated";
    this.stopTimers();
    this.wiring.ended(this);
  }

  private provisional(response: SipResponse): void {
    if (this.state !== "calling" && this.state !== "trying" && this.state !== "proceeding") return;
    if (this.invite) this.stopTimers();
    this.state = "proceeding";
    this.wiring.user.onResponse(response);
  }

  private inviteFinal(response: SipResponse): void {
    if (response.status < 300) {
      // Each 2xx, repeated or from another fork, goes to the user, who sends the ACK (RFC 6026 §8.4).
      if (this.state === "completed" || this.state === "terminated") return;
      if (this.state !== "accepted") {
        this.stopTimers();
        this.state = "accepted";
        this.after("M", this.wiring.timers.M, () => this.terminate());
      }
      return this.wiring.user.onResponse(response);
    }
    if (this.state === "completed") return this.transmit(this.ack);
    if (this.state !== "calling" && this.state !== "proceeding") return;
    this.stopTimers();
    this.state = "completed";
    this.ack = this.ackText(response);
    this.transmit(this.ack);
    this.wiring.user.onResponse(response);
    this.after("D", this.wiring.timers.D, () => this.terminate());
  }

  private final(response: SipResponse): void {
    if (this.state !== "trying" && this.state !== "proceeding") return;
    this.stopTimers();
    this.state = "completed";
    this.wiring.user.onResponse(response);
    this.after("K", this.wiring.timers.K, () => this.terminate());
  }

  /** ACK for 300-699: same branch, To of the response (RFC 3261 §17.1.1.3). */
  private ackText(response: SipResponse): string {
    const headers: [string, string][] = [["Via", this.via]];
    for (const [name, value] of this.request.headers) {
      if (name === "From" || name === "Call-ID" || name === "Max-Forwards" || name === "Route") headers.push([name, value]);
      else if (name === "To") headers.push(["To", response.headers.get("to")?.[0] ?? value]);
      else if (name === "CSeq") headers.push(["CSeq", `${parseInt(value, 10)} ACK`]);
    }
    return writeMessage(`ACK ${this.request.uri} SIP/2.0`, headers);
  }

  private repeatAfter(interval: number): void {
    this.after("repeat", interval, () => {
      if (interval === this.wiring.timers.T1) this.hearRefusal();
      this.transmit(this.text);
      const { T2 } = this.wiring.timers;
      const doubled = this.invite ? interval * 2 : this.state === "proceeding" ? T2 : Math.min(interval * 2, T2);
      this.repeatAfter(doubled);
    });
  }

  private failed(reason: "timeout" | "transport", detail?: string): void {
    if (this.state === "terminated" || this.state === "completed" || this.state === "accepted") return;
    this.terminate();
    this.wiring.user.onFailure(reason, detail);
  }

  private transmit(text: string): void {
    this.wiring.send(text, this.flow, (detail) => this.failed("transport", detail));
  }

  /** Nothing came within T1: either a packet was lost or nobody is there. */
  private hearRefusal(): void {
    if (this.state !== "calling" && this.state !== "trying") return;
    this.wiring.listenForRefusal?.(this.flow, (detail) => {
      if (this.state === "calling" || this.state === "trying") this.failed("transport", detail);
    });
  }

  private after(name: string, ms: number, run: () => void): void {
    this.cancels.get(name)?.();
    if (ms === 0) run();
    else this.cancels.set(name, this.wiring.clock.after(ms, run));
  }

  private stopTimers(): void {
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
  }
}
