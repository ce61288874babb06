import type { Clock } from "../../../ports/clock.ts";
import type { SipMessage, SipRequest, SipResponse } from "../message/sip-message.ts";
import type { Flow, ListenForRefusal, SendText } from "../transport/flow.ts";
import { responseFlow } from "../transport/response-flow.ts";
import { ClientTransaction, type ClientUser, type OutgoingRequest } from "./client-transaction.ts";
import { ServerTransaction } from "./server-transaction.ts";
import { timersFor } from "./timers.ts";

export type TransactionUser = {
  /** A new request; never ACK. */
  onRequest(request: SipRequest, transaction: ServerTransaction): void;
  /** CANCEL of an INVITE that is still known; the CANCEL itself was answered. */
  onCancel(cancel: SipRequest, invite: ServerTransaction): void;
  /** ACK of a 2xx: belongs to a dialog, not to a transaction. */
  onAck(ack: SipRequest): void;
  /** A response without a transaction, e.g. a late 2xx of a fork. */
  onStrayResponse(response: SipResponse, flow: Flow): void;
};

type Wiring = {
  clock: Clock;
  send: SendText;
  user: TransactionUser;
  /** Text of a new Via for a flow, with a fresh branch. */
  via: (flow: Flow) => { text: string; branch: string };
  T1?: number;
  maxServer?: number;
  listenForRefusal?: ListenForRefusal;
};

const MAGIC = "z9hG4bK";

/** Matches messages to transactions (RFC 3261 §17.1.3, §17.2.3). */
export class TransactionLayer {
  private readonly wiring: Wiring;
  private readonly servers = new Map<string, ServerTransaction>();
  private readonly clients = new Map<string, ClientTransaction>();

  constructor(wiring: Wiring) {
    this.wiring = wiring;
  }

  get size(): { server: number; client: number } {
    return { server: this.servers.size, client: this.clients.size };
  }

  /** Takes a parsed message from the transport. */
  receive(message: SipMessage, flow: Flow): void {
    if (message.kind === "response") this.response(message, flow);
    else if (message.method === "ACK") this.ack(message);
    else this.request(message, flow);
  }

  /** Starts a client transaction. With `branch`/`via` of an INVITE given it is that INVITE's CANCEL. */
  send(request: OutgoingRequest, flow: Flow, user: ClientUser, viaOf?: ClientTransaction): ClientTransaction {
    const { clock, send, via, T1, listenForRefusal } = this.wiring;
    const viaText = viaOf?.via ?? via(flow).text;
    const key = `${branchOf(viaText)}|${request.method}`;
    const transaction = new ClientTransaction({
      request,
      via: viaText,
      flow,
      clock,
      send,
      user,
      ...(listenForRefusal ? { listenForRefusal } : {}),
      timers: timersFor(flow.transport === "tcp", T1),
      ended: () => this.clients.delete(key),
    });
    this.clients.set(key, transaction);
    transaction.start();
    return transaction;
  }

  /** True while a request of ours has no final response. */
  waiting(): boolean {
    for (const { state } of this.clients.values()) if (state === "calling" || state === "trying" || state === "proceeding") return true;
    return false;
  }

  /** Ends everything without a word, for shutdown. */
  close(): void {
    for (const transaction of [...this.servers.values(), ...this.clients.values()]) transaction.terminate();
  }

  private response(response: SipResponse, flow: Flow): void {
    // More than one Via: not ours (RFC 3261 §8.1.3.3).
    if (response.via.length !== 1) return;
    const branch = response.via[0]!.params.get("branch") ?? "";
    const transaction = this.clients.get(`${branch}|${response.cseq.method}`);
    if (transaction) transaction.receive(response);
    else this.wiring.user.onStrayResponse(response, flow);
  }

  private ack(ack: SipRequest): void {
    const transaction = this.servers.get(serverKey(ack, "INVITE"));
    if (!transaction || transaction.state === "accepted") this.wiring.user.onAck(ack);
    else transaction.acknowledged();
  }

  private request(request: SipRequest, flow: Flow): void {
    const key = serverKey(request, request.method);
    const known = this.servers.get(key);
    if (known) return known.retransmitted();
    if (this.servers.size >= (this.wiring.maxServer ?? 100_000)) return;
    const { clock, send, user, T1 } = this.wiring;
    const transaction = new ServerTransaction({
      request,
      flow: responseFlow(request, flow),
      clock,
      send,
      timers: timersFor(flow.transport === "tcp", T1),
      ended: () => this.servers.delete(key),
    });
    this.servers.set(key, transaction);
    if (request.method === "CANCEL") this.cancel(request, transaction);
    else user.onRequest(request, transaction);
  }

  /** RFC 3261 §9.2. */
  private cancel(request: SipRequest, transaction: ServerTransaction): void {
    const invite = this.servers.get(serverKey(request, "INVITE"));
    if (!invite) return transaction.respond(481, { toTag: "0" });
    transaction.respond(200, { toTag: "0" });
    this.wiring.user.onCancel(request, invite);
  }
}

function serverKey(request: SipRequest, method: string): string {
  const top = request.via[0]!;
  const branch = top.params.get("branch") ?? "";
  if (branch.startsWith(MAGIC) && branch.length > MAGIC.length) return `${branch}|${top.host}:${top.port ?? 5060}|${method}`;
  // RFC 2543 peers: no magic cookie.
  return `${request.callId}|${request.cseq.number}|${request.from.params.get("tag") ?? ""}|${top.host}:${top.port ?? 5060}|${branch}|${method}`;
}

function branchOf(via: string): string {
  return /;branch=([^;]+)/.exec(via)?.[1] ?? "";
}
