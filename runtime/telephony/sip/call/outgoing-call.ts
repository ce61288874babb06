/** A call we make through a trunk: INVITE, its answers, CANCEL (RFC 3261 §13.2, §9.1). */
import type { DialFailure, DialRequest, HangupCause, Trunk } from "../../../ports/telephony.ts";
import { Authenticator } from "../auth/authenticator.ts";
import { Dialog } from "../dialog/dialog.ts";
import type { SipResponse } from "../message/sip-message.ts";
import { escapeUser, hostText } from "../message/uri.ts";
import type { ClientTransaction, OutgoingRequest } from "../transaction/client-transaction.ts";
import type { Flow } from "../transport/flow.ts";
import type { CallHost, CallParty } from "./call-host.ts";
import { Call } from "./call.ts";
import { allowHeader, sdpType, serverHeader } from "./capabilities.ts";
import { sdpOf } from "../message/session-body.ts";
import { EarlyDialogs } from "./early-dialogs.ts";
import { readReason, reasonHeaders } from "./reason-header.ts";
import { silence } from "./trunk-line.ts";

type Setup = { id: string; sipCallId: string; uri: string; request: DialRequest; trunk: Trunk; flow: Flow };

export class OutgoingCall implements CallParty {
  readonly call: Call;
  private readonly host: CallHost;
  private readonly setup: Setup;
  private readonly tag: string;
  private readonly authenticator: Authenticator;
  private readonly early: EarlyDialogs;
  private readonly acks = new Map<string, OutgoingRequest>();
  private invite: ClientTransaction | undefined;
  private sequence = 0;
  private provisional = false;
  private cancelCause: number | undefined;
  private cancelWanted = false;
  private settled = false;
  /** 18x came: somebody is being rung. */
  private rang = false;
  private stopWait: () => void = () => {};
  private onInviteOver: () => void = () => {};

  constructor(setup: Setup, host: CallHost) {
    this.setup = setup;
    this.host = host;
    this.tag = host.token();
    this.call = new Call(setup.id, host, setup.flow.address);
    const { username, password } = setup.trunk;
    this.authenticator = new Authenticator(username === undefined ? undefined : { username, password: password ?? "" }, () => host.token());
    this.call.authenticator = this.authenticator;
    this.early = new EarlyDialogs(host, setup.flow, this.authenticator);
    this.call.openMedia(host.localAddress(setup.flow), (ok) => {
      if (!ok) return this.fail({ by: "local", failure: "notReady", reason: "no RTP port" });
      this.sendInvite();
    });
  }

  get id(): string {
    return this.call.id;
  }

  ring(): void {}
  answer(): void {}
  reject(): void {}

  hangup(options: { sipStatus?: number; q850?: number }): void {
    if (this.settled) this.call.bye({ by: "local", q850: options.q850 ?? 16 });
    else this.cancel({ by: "local", q850: options.q850, failure: "cancelled", reason: "cancelled" });
  }

  refer(id: string, target: string): void {
    this.call.refer(id, target);
  }

  /** Calls back when the INVITE has its final answer or has been given up: at once when that has been. */
  whenInviteOver(over: () => void): void {
    const { state } = this.invite ?? {};
    if (state === "calling" || state === "proceeding") this.onInviteOver = over;
    else over();
  }

  lost(reason: string): void {
    if (this.settled) this.call.bye({ by: "network", reason });
    else this.cancel({ by: "network", failure: "cancelled", reason });
  }

  private sendInvite(): void {
    const { flow, uri } = this.setup;
    const request: OutgoingRequest = {
      method: "INVITE",
      uri,
      headers: [
        ["Max-Forwards", "70"],
        ["From", this.fromValue()],
        ["To", `<${uri}>`],
        ["Call-ID", this.setup.sipCallId],
        ["CSeq", `${++this.sequence} INVITE`],
        ["Contact", this.host.contact(flow, this.setup.trunk.username)],
        ...this.authenticator.headers("INVITE", uri),
        allowHeader,
        ["Supported", "100rel"],
        ["User-Agent", serverHeader[1]],
        sdpType,
      ],
      body: this.call.offer(),
    };
    this.invite = this.host.transactions.send(request, flow, {
      onResponse: (response) => {
        this.respond(request, response);
        if (response.status >= 200) this.onInviteOver();
      },
      onFailure: (reason, detail) => {
        this.unanswered(reason === "timeout" ? "noReply" : "unreachable", silence(reason, detail));
        this.onInviteOver();
      },
    });
    this.stopWait();
    // 100 and then nothing: a proxy took it and nobody is rung.
    this.stopWait = this.host.clock.after(64 * this.host.T1 + 1, () => this.noRinging());
  }

  private unanswered(failure: DialFailure, reason: string): void {
    if (this.settled || this.call.over) return;
    this.host.trunkSilent(this.setup.trunk.name, reason);
    this.fail({ by: "network", failure, reason });
  }

  private noRinging(): void {
    if (this.settled || this.call.over) return;
    this.host.trunkSilent(this.setup.trunk.name, "no response after 100");
    this.cancel({ by: "network", failure: "noRinging", reason: "no response after 100" });
  }

  private respond(request: OutgoingRequest, response: SipResponse): void {
    if (response.status < 200) this.progress(request, response);
    else if (response.status < 300) this.success(request, response);
    else this.refused(response);
  }

  private progress(request: OutgoingRequest, response: SipResponse): void {
    this.provisional = true;
    const news = response.status === 100 || this.early.take(request, response);
    if (this.cancelWanted) return this.sendCancel();
    if (response.status === 100 || this.settled || !news) return;
    // 199 and others without a meaning of ringing start no timer.
    if (response.status >= 180 && response.status <= 189) this.ringing(response.status);
    const answer = sdpOf(response);
    const earlyMedia = answer.trim() !== "" && this.call.takeAnswer(answer);
    this.host.report(this.id, { type: "ringing", at: this.host.clock.now(), sipStatus: response.status, earlyMedia });
  }

  /** The ring timer starts with the first 18x: before it nobody's phone rings. */
  private ringing(status: number): void {
    if (this.rang) return;
    this.rang = true;
    this.stopWait();
    this.host.trunkAnswered(this.setup.trunk.name, status, true);
    this.stopWait = this.host.clock.after(this.setup.request.ringTimeoutMs, () =>
      this.cancel({ by: "local", failure: "noAnswer", reason: "no answer", rang: true }),
    );
  }

  private success(request: OutgoingRequest, response: SipResponse): void {
    const tag = response.to.params.get("tag") ?? "";
    const known = this.acks.get(tag);
    if (known) return this.host.route(known.uri, this.setup.flow, (flow) => flow && this.host.sendAck(known, flow));
    const dialog = Dialog.fromResponse(request, response, this.setup.flow);
    dialog.localSequence = Math.max(dialog.localSequence, this.early.lastSequence(response) ?? 0);
    // The ACK carries the credentials of its INVITE (§22.1).
    const credentials = request.headers.filter(([name]) => name === "Authorization" || name === "Proxy-Authorization");
    const ack = dialog.request("ACK", credentials, undefined, response.cseq.number);
    this.acks.set(tag, ack);
    this.host.route(dialog.nextHop(), dialog.flow, (flow) => flow && this.host.sendAck(ack, flow));
    // A second fork that answered, or an answer that crossed our CANCEL: ACK and BYE (§13.2.2.4).
    if (this.settled || this.call.over) return this.dropFork(dialog);
    this.settle();
    this.host.trunkAnswered(this.setup.trunk.name, response.status, this.rang);
    this.call.bind(dialog);
    this.call.established = true;
    if (!this.takesAnswer(response))
      return this.call.bye({ by: "local", failure: "noCodec", sipStatus: response.status, reason: "no common codec in the answer" }, 88);
    this.host.report(this.id, { type: "answered", at: this.host.clock.now() });
  }

  /** The 2xx repeats the answer, or leaves it out after a reliable response that had it (RFC 3261 §13.2.1). */
  private takesAnswer(response: SipResponse): boolean {
    const answer = sdpOf(response);
    if (answer.trim() === "" && this.call.agreed) return true;
    return this.call.takeAnswer(answer);
  }

  private refused(response: SipResponse): void {
    if (this.settled || this.call.over) return;
    const challenge = response.status === 401 || response.status === 407;
    if (challenge && this.authenticator.challenged(response)) return this.sendInvite();
    const { q850, text } = readReason(response);
    this.host.trunkAnswered(this.setup.trunk.name, response.status, this.rang);
    this.fail({ by: "remote", sipStatus: response.status, q850, reason: text ?? response.reason, ...(this.rang ? { rang: true } : {}) });
  }

  private dropFork(dialog: Dialog): void {
    const bye = dialog.request("BYE");
    this.host.route(dialog.nextHop(), dialog.flow, (flow) => {
      if (flow) this.host.transactions.send(bye, flow, { onResponse: () => {}, onFailure: () => {} });
    });
  }

  private cancel(cause: HangupCause): void {
    if (this.settled || this.call.over) return;
    this.cancelWanted = true;
    // What we tell the far end (RFC 3326) is ours to choose; the leg's own cause keeps what the network said.
    this.cancelCause = cause.q850 ?? (cause.failure === "noAnswer" ? 19 : undefined);
    this.stopWait();
    // Before a provisional response no CANCEL may be sent (§9.1); it follows the first one.
    if (this.provisional) this.sendCancel();
    this.call.finish(cause);
  }

  private sendCancel(): void {
    const { invite } = this;
    if (!invite || !this.cancelWanted || (invite.state !== "proceeding" && invite.state !== "calling")) return;
    this.cancelWanted = false;
    const kept = invite.request.headers.filter(([name]) => ["Max-Forwards", "From", "To", "Call-ID", "Route"].includes(name));
    const headers = [...kept, ["CSeq", `${this.sequence} CANCEL`] as const, ...reasonHeaders(this.cancelCause)];
    this.host.transactions.send({ method: "CANCEL", uri: invite.request.uri, headers }, invite.flow, { onResponse: () => {}, onFailure: () => {} }, invite);
    // A peer that answers the CANCEL but never the INVITE would keep the transaction for ever.
    this.host.clock.after(64 * this.host.T1, () => {
      if (invite.state !== "proceeding") return;
      invite.terminate();
      this.onInviteOver();
    });
  }

  private settle(): void {
    this.settled = true;
    this.stopWait();
    this.authenticator.accepted();
  }

  private fail(cause: HangupCause): void {
    if (this.settled) return;
    this.settle();
    this.call.finish(cause);
  }

  /** Caller ID of the request, else of the trunk, else its user; an empty one is anonymous (RFC 3323). */
  private fromValue(): string {
    const { request, trunk } = this.setup;
    const callerId = request.callerId ?? trunk.callerId ?? trunk.username ?? "";
    if (callerId === "") return `"Anonymous" <sip:anonymous@anonymous.invalid>;tag=${this.tag}`;
    return `<sip:${escapeUser(callerId)}@${hostText(trunk.host)}>;tag=${this.tag}`;
  }
}
