/** The SIP user agent: wires transports, transactions, dialogs and calls. One per signalling worker. */
import type { Clock } from "../../ports/clock.ts";
import type { HangupCause, LegEvent, Trunk } from "../../ports/telephony.ts";
import type { Call } from "./call/call.ts";
import type { CallHost, CallParty, MediaGate } from "./call/call-host.ts";
import { callerOf, dialledOf } from "./call/caller-id.ts";
import { optionsHeaders } from "./call/capabilities.ts";
import { takeInDialog } from "./call/in-dialog.ts";
import { HalfOpen } from "./call/half-open.ts";
import { IncomingCall } from "./call/incoming-call.ts";
import { OutgoingCall } from "./call/outgoing-call.ts";
import { refuseExtensions, refuseRequest } from "./call/request-checks.ts";
import { dialUri, silence, trunkUri } from "./call/trunk-line.ts";
import { dialogKey, type Dialog } from "./dialog/dialog.ts";
import type { SipRequest } from "./message/sip-message.ts";
import { hostPortText, writeMessage, type HeaderList } from "./message/write-message.ts";
import { escapeUser, parseHostPort } from "./message/uri.ts";
import { Registration } from "./registration.ts";
import { TrunkHealth } from "./trunk-health.ts";
import { newLegId } from "./threads/leg-thread.ts";
import type { SignallingCommand, SignallingOptions, SignallingReport } from "./threads/protocol.ts";
import type { OutgoingRequest } from "./transaction/client-transaction.ts";
import type { ServerTransaction } from "./transaction/server-transaction.ts";
import { TransactionLayer } from "./transaction/transaction-layer.ts";
import type { Locator } from "./transport/locator.ts";
import type { Flow, ListenForRefusal, SendText } from "./transport/flow.ts";
import { receiveBytes } from "./transport/receive-bytes.ts";
import { SourceBound } from "./transport/source-bound.ts";

type Wiring = {
  options: SignallingOptions;
  clock: Clock;
  send: SendText;
  media: MediaGate;
  locator: Locator;
  token: () => string;
  report: (report: SignallingReport) => void;
  /** Our address for a peer, and the bound SIP port. */
  localAddress: (flow: Flow) => string;
  port: () => number;
  T1?: number;
  listenForRefusal?: ListenForRefusal;
  /** True while a thread does not keep up: no new calls. */
  overloaded?: () => boolean;
};

type Party = CallParty & { call: Call };

export class UserAgent implements CallHost {
  readonly clock: Clock;
  readonly media: MediaGate;
  readonly transactions: TransactionLayer;
  readonly T1: number;
  private readonly wiring: Wiring;
  private readonly legs = new Map<string, Party>();
  private readonly incoming = new Map<ServerTransaction, IncomingCall>();
  private readonly dialogs = new Map<string, Call>();
  /** INVITEs in progress by From tag, Call-ID and CSeq: a second one is merged (§8.2.2.2). */
  private readonly invites = new Set<string>();
  private readonly lines = new Map<string, string>();
  private readonly bound: SourceBound;
  readonly halfOpen: HalfOpen;
  private readonly registrations: Registration[];
  private readonly health: ReadonlyMap<string, TrunkHealth>;
  private nextLeg = 1;
  private stopping = false;

  constructor(wiring: Wiring) {
    this.wiring = wiring;
    this.clock = wiring.clock;
    this.media = wiring.media;
    this.T1 = wiring.T1 ?? 500;
    this.halfOpen = new HalfOpen(wiring.clock, Math.max(1, Math.floor(wiring.options.maxLegs / 8)));
    this.bound = new SourceBound(wiring.clock, wiring.options.perSourcePerSecond);
    this.transactions = new TransactionLayer({
      clock: wiring.clock,
      send: wiring.send,
      via: (flow) => this.via(flow),
      T1: wiring.T1,
      ...(wiring.listenForRefusal ? { listenForRefusal: wiring.listenForRefusal } : {}),
      user: {
        onRequest: (request, transaction) => this.onRequest(request, transaction),
        onCancel: (cancel, invite) => this.incoming.get(invite)?.cancelled(cancel),
        onAck: (ack) => this.dialogOf(ack)?.accepted?.acknowledge(ack),
        onStrayResponse: () => {},
      },
    });
    this.health = new Map(wiring.options.trunks.map((trunk) => [trunk.name, this.healthOf(trunk)]));
    this.registrations = wiring.options.trunks.filter((trunk) => trunk.register).map((trunk) => this.registration(trunk));
  }

  start(): void {
    for (const health of this.health.values()) health.start();
    for (const registration of this.registrations) registration.start();
  }

  /** Ends every leg and takes the registrations back. */
  stop(): void {
    this.stopping = true;
    for (const party of this.legs.values()) party.hangup({});
    for (const registration of this.registrations) registration.stop();
    for (const health of this.health.values()) health.stop();
  }

  /** Bytes from a transport. Never throws for what the bytes are. */
  receive(bytes: Buffer, flow: Flow): void {
    const message = receiveBytes(bytes, flow, this.wiring.send);
    if (message) this.transactions.receive(message, flow);
  }

  /** A command of the engine. */
  command(command: Exclude<SignallingCommand, { do: "stop" | "pulse" | "rest" }>): void {
    if (command.do === "dial") return this.dial(command);
    const party = this.legs.get(command.leg);
    if (!party) {
      // Hung up while the trunk's address was still being looked up.
      if (command.do === "hangup" && this.lines.has(command.leg)) this.refuseDial(command.leg, { by: "local", failure: "cancelled", reason: "cancelled" });
      return;
    }
    if (command.do === "ring") party.ring();
    else if (command.do === "answer") party.answer();
    else if (command.do === "reject") party.reject(command.sipStatus, command);
    else if (command.do === "hangup") party.hangup(command);
    else party.refer(command.id, this.referTarget(party.call, command.target));
  }

  /** The media worker hears nothing any more. */
  lost(leg: string, reason: string): void {
    this.legs.get(leg)?.lost(reason);
  }

  /** Client transactions that still wait for a final response. */
  busy(): boolean {
    return this.transactions.waiting();
  }

  /** Ends one leg after a bug in its handling. */
  drop(leg: string, reason: string): void {
    const party = this.legs.get(leg);
    party?.call.finish({ by: "network", reason });
    party?.call.release();
  }

  // --- CallHost ---

  token(): string {
    return this.wiring.token();
  }

  localAddress(flow: Flow): string {
    return this.wiring.localAddress(flow);
  }

  contact(flow: Flow, user?: string): string {
    const name = user ? `${escapeUser(user)}@` : "";
    const transport = flow.transport === "tcp" ? ";transport=tcp" : "";
    return `<sip:${name}${hostPortText(this.localAddress(flow), this.wiring.port())}${transport}>`;
  }

  route(uri: string, near: Flow, routed: (flow: Flow | undefined) => void): void {
    this.wiring.locator.locate(uri, near, routed);
  }

  sendAck(ack: OutgoingRequest, flow: Flow): void {
    this.wiring.send(writeMessage(`ACK ${ack.uri} SIP/2.0`, [["Via", this.via(flow).text], ...ack.headers], ack.body), flow);
  }

  addDialog(dialog: Dialog, call: Call): void {
    this.dialogs.set(dialog.key, call);
  }

  removeDialog(dialog: Dialog): void {
    this.dialogs.delete(dialog.key);
  }

  trunkAnswered(trunk: string, status: number, rang: boolean): void {
    this.health.get(trunk)?.answered(status, rang);
  }

  trunkSilent(trunk: string, reason: string): void {
    this.health.get(trunk)?.silent(reason);
  }

  report(leg: string, event: LegEvent): void {
    this.wiring.report({ type: "event", leg, event });
  }

  ended(leg: string, cause: HangupCause): void {
    const party = this.legs.get(leg);
    this.legs.delete(leg);
    // As long as the trunk may still be ringing somebody, its line is not free.
    const free = () => void this.lines.delete(leg);
    if (party instanceof OutgoingCall) party.whenInviteOver(free);
    else free();
    this.wiring.report({ type: "ended", leg, at: this.clock.now(), cause });
  }

  // --- requests ---

  private onRequest(request: SipRequest, transaction: ServerTransaction): void {
    if (request.to.params.has("tag")) return this.inDialog(request, transaction);
    // Strangers get no answer at all.
    if (!this.welcome(transaction.flow.address)) return transaction.terminate();
    const refusal = refuseRequest(request);
    if (refusal) return transaction.respond(refusal.status, { ...refusal, toTag: this.token() });
    if (request.method === "INVITE") return this.takeInvite(request, transaction);
    if (request.method === "OPTIONS") return transaction.respond(200, { headers: optionsHeaders, toTag: this.token() });
    transaction.respond(request.method === "REFER" ? 603 : 481, { toTag: this.token() });
  }

  private inDialog(request: SipRequest, transaction: ServerTransaction): void {
    const call = this.dialogOf(request);
    if (!call) {
      if (this.welcome(transaction.flow.address)) return transaction.respond(481);
      return transaction.terminate();
    }
    const refusal = refuseExtensions(request);
    if (refusal) return transaction.respond(refusal.status, refusal);
    try {
      takeInDialog(call, request, transaction);
    } catch (error) {
      transaction.respond(500);
      this.drop(call.id, `bug: ${String(error)}`);
    }
  }

  private takeInvite(request: SipRequest, transaction: ServerTransaction): void {
    const merged = `${request.from.params.get("tag") ?? ""}|${request.callId}|${request.cseq.number}`;
    if (this.invites.has(merged)) return transaction.respond(482, { toTag: this.token() });
    if (!request.headers.has("contact")) return transaction.respond(400, { reason: "Missing Contact", toTag: this.token() });
    if (!IncomingCall.acceptable(request)) return transaction.respond(488, { toTag: this.token() });
    this.halfOpen.makeRoom();
    if (this.full()) return transaction.respond(503, { toTag: this.token() });
    transaction.respond(100);
    const { generation, mediaThreads } = this.wiring.options;
    const id = newLegId(`in-${generation}-${this.nextLeg++}`, this.legs.keys(), mediaThreads);
    this.invites.add(merged);
    transaction.onFinal = () => this.incoming.delete(transaction);
    transaction.onEnded = () => {
      this.invites.delete(merged);
      this.incoming.delete(transaction);
    };
    const party = new IncomingCall(id, request, transaction, this);
    this.legs.set(id, party);
    this.incoming.set(transaction, party);
    this.wiring.report({ type: "incoming", leg: id, ...callerOf(request), dialled: dialledOf(request), sipCallId: request.callId });
  }

  /** No new calls: stopping, every leg taken, or a thread that does not keep up. */
  private full(): boolean {
    return this.stopping || this.legs.size >= this.wiring.options.maxLegs || (this.wiring.overloaded?.() ?? false);
  }

  private welcome(address: string): boolean {
    return this.wiring.locator.allowed(address) && this.bound.allows(address);
  }

  private dialogOf(request: SipRequest): Call | undefined {
    return this.dialogs.get(dialogKey(request.callId, request.to.params.get("tag") ?? "", request.from.params.get("tag") ?? ""));
  }

  // --- outgoing ---

  private dial(command: Extract<SignallingCommand, { do: "dial" }>): void {
    const { leg, request, sipCallId } = command;
    const trunk = this.wiring.options.trunks.find((candidate) => candidate.name === request.trunk);
    const uri = trunk && dialUri(request, trunk);
    const busy = trunk !== undefined && [...this.lines.values()].filter((name) => name === trunk.name).length >= trunk.maxLines;
    if (!trunk) return this.refuseDial(leg, { by: "local", failure: "unknownTrunk", reason: "unknown trunk" });
    if (!uri) return this.refuseDial(leg, { by: "local", failure: "badNumber", reason: "bad number" });
    if (busy || this.full()) {
      return this.refuseDial(leg, { by: "local", failure: "noLines", reason: busy ? "all lines of the trunk are in use" : "too many calls" });
    }
    this.lines.set(leg, trunk.name);
    this.wiring.locator.trunk(trunk, (flow) => {
      if (!this.lines.has(leg)) return;
      if (!flow) {
        this.trunkSilent(trunk.name, `cannot resolve ${trunk.host}`);
        return this.refuseDial(leg, { by: "network", failure: "unreachable", reason: `cannot resolve ${trunk.host}` });
      }
      this.legs.set(leg, new OutgoingCall({ id: leg, sipCallId, uri, request, trunk, flow }, this));
    });
  }

  /** Nothing of the leg exists yet but its name; media tells main that it is closed. */
  private refuseDial(leg: string, cause: HangupCause): void {
    this.media.close(leg);
    this.ended(leg, cause);
  }

  /** A number goes to the far end's own domain; a phone on this very machine has none, so it comes back to us, port and all. */
  private referTarget(call: Call, target: string): string {
    if (/^(sips?|tel):/i.test(target)) return target.replace(/[<>\s]/g, "");
    const near = call.dialog ? /@([^>;\s]+)/.exec(call.dialog.remoteParty)?.[1] : undefined;
    const local = this.localAddress({ transport: "udp", address: "127.0.0.1", port: 0 });
    const domain = near === undefined || parseHostPort(near)?.host === local ? hostPortText(local, this.wiring.port()) : near;
    return `sip:${escapeUser(target)}@${domain}`;
  }

  private via(flow: Flow): { text: string; branch: string } {
    const branch = `z9hG4bK${this.token()}`;
    const sentBy = hostPortText(this.localAddress(flow), this.wiring.port());
    return { text: `SIP/2.0/${flow.transport.toUpperCase()} ${sentBy};rport;branch=${branch}`, branch };
  }

  private registration(trunk: Trunk): Registration {
    const { clock, transactions } = this;
    return new Registration({
      trunk,
      clock,
      transactions,
      token: () => this.token(),
      contact: (flow, user) => this.contact(flow, user),
      locate: (target, located) => this.wiring.locator.trunk(target, located),
      tell: (state, sipStatus) => this.health.get(trunk.name)?.registration(state, sipStatus),
    });
  }

  private healthOf(trunk: Trunk): TrunkHealth {
    const { clock, report } = this.wiring;
    return new TrunkHealth({ trunk, clock, probe: () => this.probe(trunk), tell: (status) => report({ type: "trunk", status }) });
  }

  /** OPTIONS to a trunk: any answer says that it is there. */
  private probe(trunk: Trunk): void {
    this.wiring.locator.trunk(trunk, (flow) => {
      if (this.stopping) return;
      if (!flow) return this.trunkSilent(trunk.name, `cannot resolve ${trunk.host}`);
      const from = this.contact(flow, trunk.username);
      const headers: HeaderList = [
        ["Max-Forwards", "70"],
        ["From", `${from};tag=${this.token()}`],
        ["To", `<${trunkUri("", trunk)}>`],
        ["Call-ID", this.token()],
        ["CSeq", "1 OPTIONS"],
        ["Contact", from],
        ["Accept", "application/sdp"],
      ];
      this.transactions.send({ method: "OPTIONS", uri: trunkUri("", trunk), headers }, flow, {
        onResponse: (response) => response.status >= 200 && this.health.get(trunk.name)?.answeredProbe(),
        onFailure: (reason, detail) => this.trunkSilent(trunk.name, silence(reason, detail)),
      });
    });
  }
}
