/** The part of a call that both directions share: its stream, its dialog and its one end. */
import type { HangupCause } from "../../../ports/telephony.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { Dialog } from "../dialog/dialog.ts";
import type { SipRequest, SipResponse } from "../message/sip-message.ts";
import type { HeaderList } from "../message/write-message.ts";
import { answerOffer, makeOffer, readAnswer, type Agreed, type AnswerResult, type LocalMedia } from "../sdp/offer-answer.ts";
import { parseSdp } from "../sdp/parse-sdp.ts";
import type { ServerTransaction } from "../transaction/server-transaction.ts";
import { AcceptedInvite } from "./accepted-invite.ts";
import type { CallHost } from "./call-host.ts";
import type { ReliableRinging } from "./reliable-ringing.ts";
import { reasonHeaders } from "./reason-header.ts";
import { SessionTimer } from "./session-timer.ts";
import { Transfer, type TransferOutcome } from "./transfer.ts";

export class Call {
  readonly id: string;
  readonly host: CallHost;
  readonly sessionTimer: SessionTimer;
  /** Address of the SIP peer. */
  private readonly peer: string;
  dialog: Dialog | undefined;
  agreed: Agreed | undefined;
  /** A 2xx of ours that waits for its ACK. */
  accepted: AcceptedInvite | undefined;
  transfer: Transfer | undefined;
  over = false;
  /** The INVITE got its 2xx. */
  established = false;
  /** A provisional response of ours that waits for its PRACK. */
  reliable: ReliableRinging | undefined;
  /** Our offer went out in it; the answer comes in the PRACK. */
  awaitsAnswer = false;
  onPrack: () => void = () => {};
  onFinish: () => void = () => {};
  /** Credentials of the trunk: requests in the dialog may be challenged, too. */
  authenticator: Authenticator | undefined;
  private local: LocalMedia | undefined;
  private byeWaits = false;
  private acknowledged: () => void = () => {};
  /** False from our 2xx to its ACK: until then nobody has shown that the address of the SDP wants our packets. */
  private confirmed = true;

  constructor(id: string, host: CallHost, peer: string) {
    this.id = id;
    this.peer = peer;
    this.host = host;
    this.sessionTimer = new SessionTimer(host.clock, () => this.bye({ by: "network", reason: "session timer expired" }));
  }

  /** Opens the RTP socket; calls back unless the call ended meanwhile. */
  openMedia(address: string, opened: (ok: boolean) => void): void {
    this.host.media.open(this.id, (port) => {
      if (this.over) return;
      if (port !== undefined) this.local = { address, port, sessionId: this.host.clock.now(), version: 1 };
      opened(port !== undefined);
    });
  }

  get mediaReady(): boolean {
    return this.local !== undefined;
  }

  /** Our offer, new or renewed. */
  offer(): string {
    return this.local ? makeOffer(this.local, this.agreed) : "";
  }

  /** Answers the far end's offer and takes it into use; undefined when the body is no SDP. */
  answer(body: string): AnswerResult {
    const offer = parseSdp(body);
    if (!offer || !this.local) return { ok: false, reason: "bad SDP" };
    const result = answerOffer(offer, this.local);
    if (result.ok) this.use(result.agreed);
    return result;
  }

  /** Takes the far end's answer into use; false when there is no common codec. */
  takeAnswer(body: string): boolean {
    const answer = parseSdp(body);
    const agreed = answer && readAnswer(answer);
    if (agreed) this.use(agreed);
    return agreed !== undefined;
  }

  bind(dialog: Dialog): void {
    this.dialog = dialog;
    this.host.addDialog(dialog, this);
  }

  /** The call is answered and its caller has yet to acknowledge: counted, and nothing is sent to it. */
  answering(): void {
    this.established = true;
    this.confirmed = false;
    this.acknowledged = this.host.halfOpen.add(() => this.bye({ by: "network", reason: "no ACK" }, 102, true));
  }

  /** Keeps repeating the 2xx of `transaction` until its ACK. */
  awaitAck(transaction: ServerTransaction, acknowledged: (ack: SipRequest) => void): void {
    this.accepted?.stop();
    this.accepted = new AcceptedInvite(transaction, this.host.clock, this.host.T1, {
      acknowledged: (ack) => {
        this.accepted = undefined;
        this.confirm();
        if (this.byeWaits) this.sendBye(16);
        else acknowledged(ack);
      },
      unacknowledged: () => {
        this.accepted = undefined;
        if (this.byeWaits) this.sendBye(16);
        else this.bye({ by: "network", reason: "no ACK" }, 102);
      },
    });
  }

  /** Sends a request in the dialog; `answered` gets the final response, or undefined when none came. */
  send(method: string, headers: HeaderList, body: string | undefined, answered: (final: SipResponse | undefined) => void): void {
    const { dialog, host, authenticator } = this;
    if (!dialog) return;
    const credentials = authenticator?.headers(method, dialog.remoteTarget) ?? [];
    const request = dialog.request(method, [["Contact", host.contact(dialog.flow)], ...credentials, ...headers], body);
    host.route(dialog.nextHop(), dialog.flow, (flow) => {
      if (!flow) return answered(undefined);
      host.transactions.send(request, flow, {
        onResponse: (response) => {
          if (response.status < 200) return;
          const challenge = response.status === 401 || response.status === 407;
          if (challenge && authenticator?.challenged(response)) return this.send(method, headers, body, answered);
          authenticator?.accepted();
          answered(response);
        },
        onFailure: () => answered(undefined),
      });
    });
  }

  /** Ends an established call from our side. The leg is over at once; the BYE goes on behind it. */
  bye(cause: HangupCause, q850 = cause.q850 ?? 16, unacknowledged = false): void {
    if (this.over) return;
    // A cause sent to the far end is our own; it is not a network cause.
    this.finish(cause.by === "local" && !cause.failure ? { q850, ...cause } : cause);
    // §15: a callee may not send BYE before the ACK (or its time-out).
    if (this.accepted && !unacknowledged) this.byeWaits = true;
    else {
      this.accepted?.stop();
      this.accepted = undefined;
      this.sendBye(q850);
    }
  }

  /** The end of the leg, told once. */
  finish(cause: HangupCause): void {
    if (this.over) return;
    this.over = true;
    this.acknowledged();
    this.reliable?.stop();
    this.onFinish();
    this.sessionTimer.stop();
    this.transfer?.callEnded();
    this.host.media.close(this.id);
    this.host.ended(this.id, cause);
  }

  /** Forgets the dialog when no more requests of the far end need an answer. */
  release(): void {
    if (this.dialog) this.host.removeDialog(this.dialog);
    this.accepted?.stop();
    this.accepted = undefined;
  }

  refer(id: string, target: string): void {
    const tell = (outcome: TransferOutcome) => this.host.report(this.id, { type: "transferred", at: this.host.clock.now(), id, ...outcome });
    // One at a time: a second one does not touch the first.
    if (!this.dialog || this.over || this.transfer) return tell({ ok: false, sipStatus: this.transfer ? 491 : 481 });
    const transfer = new Transfer(this.host.clock, (outcome) => {
      this.transfer = undefined;
      tell(outcome);
    });
    this.transfer = transfer;
    const headers: HeaderList = [
      ["Refer-To", `<${target}>`],
      ["Referred-By", `<${uriOf(this.dialog.localParty)}>`],
    ];
    this.send("REFER", headers, undefined, (final) => transfer.answered(final?.status ?? 408));
  }

  private confirm(): void {
    this.acknowledged();
    if (this.confirmed) return;
    this.confirmed = true;
    if (this.agreed && !this.over) this.configure(this.agreed);
  }

  private configure({ law, payload, eventPayload, address, port, direction }: Agreed): void {
    const sending = this.confirmed && (direction === "sendrecv" || direction === "sendonly");
    this.host.media.configure(this.id, { law, payload, eventPayload, address, port, sending, near: this.peer });
  }

  private use(agreed: Agreed): void {
    const before = this.agreed?.heldByFar ?? false;
    this.agreed = agreed;
    if (this.local) this.local = { ...this.local, version: this.local.version + 1 };
    this.configure(agreed);
    if (agreed.heldByFar !== before) this.host.report(this.id, { type: "held", at: this.host.clock.now(), held: agreed.heldByFar });
  }

  private sendBye(q850: number): void {
    this.send("BYE", reasonHeaders(q850), undefined, () => this.release());
  }
}

function uriOf(party: string): string {
  return /<([^>]*)>/.exec(party)?.[1] ?? party.split(";")[0]!;
}
