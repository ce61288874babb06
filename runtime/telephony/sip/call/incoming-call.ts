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
import { allowHeader, sdpType, serverHeader } from "./capabilities.ts";
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

  constructor(id: string, request: SipRequest, transaction: ServerTransaction, host: CallHost) {
    this.call = new Call(id, host, transaction.flow.address);
    this.host = host;
    this.request = request;
    this.transaction = transaction;
    this.tag = host.token();
    this.call.openMedia(host.localAddress(transaction.flow), (ok) => {
      if (!ok) this.reject(503, { reason: "no RTP port" });
      else if (this.answerWanted) this.answer();
    });
  }

  get id(): string {
    return this.call.id;
  }

  /** False when the offer has nothing for us: 488 before the engine hears of the call. */
  static acceptable(request: SipRequest): boolean {
    if (request.body.trim() === "") return true;
    const offer = parseSdp(request.body);
    return offer !== undefined && answerOffer(offer, { address: "0.0.0.0", port: 9, sessionId: 0, version: 0 }).ok;
  }

  ring(): void {
    if (this.state === "ringing") this.transaction.respond(180, { toTag: this.tag, headers: this.dialogHeaders(), recordRoute: true });
  }

  answer(): void {
    if (this.state !== "ringing") return;
    this.answerWanted = true;
    if (!this.call.mediaReady) return;
    const offered = this.request.body.trim() !== "";
    this.call.answering(this.transaction.flow.address);
    const result = offered ? this.call.answer(this.request.body) : undefined;
    if (result && !result.ok) return this.reject(488, {});
    this.state = "answered";
    this.call.bind(Dialog.fromRequest(this.request, this.tag, this.transaction.flow));
    const headers = [...this.dialogHeaders(), ...this.call.sessionTimer.refresh(this.request), sdpType];
    this.transaction.respond(200, { toTag: this.tag, headers, body: result?.answer ?? this.call.offer(), recordRoute: true });
    this.call.awaitAck(this.transaction, (ack) => this.acknowledged(ack, offered));
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
  }

  private acknowledged(ack: SipRequest, offered: boolean): void {
    if (!offered && !this.call.takeAnswer(ack.body)) {
      return this.call.bye({ by: "local", sipStatus: 488, reason: "no common codec in the ACK" }, 88);
    }
    this.host.report(this.id, { type: "answered", at: this.host.clock.now() });
  }

  private dialogHeaders(): HeaderList {
    return [["Contact", this.host.contact(this.transaction.flow)], allowHeader, ["Supported", "timer"], serverHeader];
  }
}
