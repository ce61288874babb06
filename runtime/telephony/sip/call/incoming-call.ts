/** A call that came in: from INVITE to its dialog (RFC 3261 §13.3). */
import type { SipRequest } from "../message/sip-message.ts";
import { header } from "../message/sip-message.ts";
import type { HeaderList } from "../message/write-message.ts";
import { Dialog } from "../dialog/dialog.ts";
import { parseSdp } from "../sdp/parse-sdp.ts";
import { answerOffer } from "../sdp/offer-answer.ts";
import type { ServerTransaction } from "../transaction/server-transaction.ts";
import type { CallHost, CallParty } from "./call-host.ts";
import { Call } from "./call.ts";
import { allowHeader, sdpType, serverHeader, supportedHeader } from "./capabilities.ts";
import { sdpOf } from "../message/session-body.ts";
import { names100rel, ReliableRinging } from "./reliable-ringing.ts";
import { readReason, reasonHeaders } from "./reason-header.ts";

type State = "ringing" | "answered" | "final";

export class IncomingCall implements CallParty {
  readonly call: Call;
  private readonly host: CallHost;
  private readonly request: SipRequest;
  private readonly transaction: ServerTransaction;
  private readonly tag: string;
  private state: State = "ringing";
  private answerWanted = false;
  private ringWanted = false;
  private rang = false;
  /** Our offer went out with the ringing (late offer, RFC 3262 §5). */
  private offeredEarly = false;

  constructor(id: string, request: SipRequest, transaction: ServerTransaction, host: CallHost) {
    this.call = new Call(id, host, transaction.flow.address);
    this.host = host;
    this.request = request;
    this.transaction = transaction;
    this.tag = host.token();
    // However the call ends, its INVITE gets a final answer: a BYE may come before there is one (§15.1.2).
    this.call.onFinish = () => {
      if (this.state !== "ringing") return;
      this.state = "final";
      transaction.respond(487, { toTag: this.tag });
    };
    this.call.openMedia(host.localAddress(transaction.flow), (ok) => {
      if (!ok) return this.reject(503, { reason: "no RTP port" });
      if (this.ringWanted) this.ring();
      if (this.answerWanted) this.answer();
    });
  }

  get id(): string {
    return this.call.id;
  }

  /** False when the offer has nothing for us: 488 before the engine hears of the call. */
  static acceptable(request: SipRequest): boolean {
    const text = sdpOf(request);
    if (text.trim() === "") return true;
    const offer = parseSdp(text);
    return offer !== undefined && answerOffer(offer, { address: "0.0.0.0", port: 9, sessionId: 0, version: 0 }).ok;
  }

  ring(): void {
    if (this.state !== "ringing" || this.rang) return;
    if (!names100rel(this.request, "require")) {
      this.rang = true;
      return this.transaction.respond(180, { toTag: this.tag, headers: this.dialogHeaders(), recordRoute: true });
    }
    this.ringWanted = true;
    if (this.call.mediaReady) this.ringReliably();
  }

  /** Asked for with Require: 100rel. Without an offer in the INVITE, ours has to be in the first reliable response. */
  private ringReliably(): void {
    this.rang = true;
    this.call.bind(Dialog.fromRequest(this.request, this.tag, this.transaction.flow));
    this.offeredEarly = !this.offered;
    const body = this.offeredEarly ? this.call.offer() : undefined;
    this.call.awaitsAnswer = this.offeredEarly;
    this.call.reliable = new ReliableRinging(this.host.clock, this.host.T1, this.request, 1 + (this.request.cseq.number % 10_000), {
      send: (headers) =>
        this.transaction.respond(180, {
          toTag: this.tag,
          headers: [...this.dialogHeaders(), ...headers, ...(body === undefined ? [] : [sdpType])],
          ...(body === undefined ? {} : { body }),
          recordRoute: true,
        }),
      unacknowledged: () => this.reject(504, { reason: "no PRACK" }),
    });
  }

  private get offered(): boolean {
    return sdpOf(this.request).trim() !== "";
  }

  answer(): void {
    if (this.state !== "ringing") return;
    this.answerWanted = true;
    if (!this.call.mediaReady) return;
    // An offer of ours that waits for its answer in the PRACK holds the 2xx back (RFC 3262 §3, §5).
    if (this.call.awaitsAnswer) {
      this.call.onPrack = () => this.answer();
      return;
    }
    const { offered } = this;
    this.call.answering();
    const result = offered ? this.call.answer(sdpOf(this.request)) : undefined;
    if (result && !result.ok) return this.reject(488, {});
    this.state = "answered";
    this.call.reliable?.stop();
    if (!this.call.dialog) this.call.bind(Dialog.fromRequest(this.request, this.tag, this.transaction.flow));
    const body = this.offeredEarly ? undefined : (result?.answer ?? this.call.offer());
    const headers = [...this.dialogHeaders(), ...this.call.sessionTimer.refresh(this.request), ...(body === undefined ? [] : [sdpType])];
    this.transaction.respond(200, { toTag: this.tag, headers, ...(body === undefined ? {} : { body }), recordRoute: true });
    this.call.awaitAck(this.transaction, (ack) => this.acknowledged(ack, offered || this.offeredEarly));
  }

  reject(sipStatus: number, options: { retryAfterS?: number; reason?: string; q850?: number }): void {
    if (this.state !== "ringing") return;
    const status = sipStatus >= 300 && sipStatus <= 699 ? sipStatus : 480;
    this.state = "final";
    const headers: HeaderList = [
      serverHeader,
      ...(options.retryAfterS === undefined ? [] : ([["Retry-After", String(Math.ceil(options.retryAfterS))]] as const)),
      ...reasonHeaders(options.q850),
    ];
    this.transaction.respond(status, { toTag: this.tag, headers });
    this.call.finish({ by: "local", sipStatus: status, q850: options.q850, reason: options.reason });
    this.call.release();
  }

  hangup(options: { sipStatus?: number; q850?: number }): void {
    if (this.state === "ringing") this.reject(options.sipStatus ?? 480, { q850: options.q850 });
    else this.call.bye({ by: "local", q850: options.q850 ?? 16 });
  }

  refer(id: string, target: string): void {
    this.call.refer(id, target);
  }

  lost(reason: string): void {
    if (this.state === "ringing") this.reject(503, { reason });
    else this.call.bye({ by: "network", reason });
  }

  /** The caller gave up; its CANCEL was answered (§9.2). */
  cancelled(cancel: SipRequest): void {
    if (this.state !== "ringing") return;
    this.state = "final";
    this.transaction.respond(487, { toTag: this.tag });
    const { q850, text } = readReason(cancel);
    this.call.finish({ by: "remote", sipStatus: 487, q850, reason: text ?? header(cancel, "reason") ?? "cancelled" });
    this.call.release();
  }

  private acknowledged(ack: SipRequest, offered: boolean): void {
    if (!offered && !this.call.takeAnswer(sdpOf(ack))) {
      return this.call.bye({ by: "local", sipStatus: 488, reason: "no common codec in the ACK" }, 88);
    }
    this.host.report(this.id, { type: "answered", at: this.host.clock.now() });
  }

  private dialogHeaders(): HeaderList {
    return [["Contact", this.host.contact(this.transaction.flow)], allowHeader, supportedHeader, serverHeader];
  }
}
