/** Dialog state (RFC 3261 §12): tags, CSeq, route set and remote target. */
import { header, type SipMessage, type SipRequest, type SipResponse } from "../message/sip-message.ts";
import { parseNameAddress } from "../message/name-address.ts";
import { splitList } from "../message/split-list.ts";
import { parseUri } from "../message/uri.ts";
import type { OutgoingRequest } from "../transaction/client-transaction.ts";
import type { Flow } from "../transport/flow.ts";

type State = {
  callId: string;
  localTag: string;
  remoteTag: string;
  /** From/To values of our requests, tags included. */
  localParty: string;
  remoteParty: string;
  remoteTarget: string;
  routes: string[];
  /** Where the dialog was made; TCP connections are reused. */
  flow: Flow;
};

export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly localParty: string;
  readonly remoteParty: string;
  readonly flow: Flow;
  remoteTarget: string;
  readonly routes: readonly string[];
  localSequence: number;
  private remoteSequence: number;

  private constructor(state: State, localSequence: number, remoteSequence: number) {
    this.callId = state.callId;
    this.localTag = state.localTag;
    this.remoteTag = state.remoteTag;
    this.localParty = state.localParty;
    this.remoteParty = state.remoteParty;
    this.remoteTarget = state.remoteTarget;
    this.routes = state.routes;
    this.flow = state.flow;
    this.localSequence = localSequence;
    this.remoteSequence = remoteSequence;
  }

  /** UAS side (§12.1.1). */
  static fromRequest(request: SipRequest, localTag: string, flow: Flow): Dialog {
    const to = header(request, "to") ?? "";
    return new Dialog(
      {
        callId: request.callId,
        localTag,
        remoteTag: request.from.params.get("tag") ?? "",
        localParty: `${to};tag=${localTag}`,
        remoteParty: header(request, "from") ?? "",
        remoteTarget: contactOf(request) ?? request.from.uri,
        routes: routesOf(request),
        flow,
      },
      1 + (request.cseq.number % 1000),
      request.cseq.number,
    );
  }

  /** UAC side (§12.1.2). */
  static fromResponse(request: OutgoingRequest, response: SipResponse, flow: Flow): Dialog {
    return new Dialog(
      {
        callId: response.callId,
        localTag: response.from.params.get("tag") ?? "",
        remoteTag: response.to.params.get("tag") ?? "",
        localParty: header(response, "from") ?? "",
        remoteParty: header(response, "to") ?? "",
        remoteTarget: contactOf(response) ?? request.uri,
        routes: routesOf(response).reverse(),
        flow,
      },
      response.cseq.number,
      -1,
    );
  }

  /** Key under which requests of the far end find this dialog. */
  get key(): string {
    return dialogKey(this.callId, this.localTag, this.remoteTag);
  }

  /** False when the CSeq is not higher than the last (§12.2.2): answer 500. */
  inOrder(request: SipRequest): boolean {
    if (request.cseq.number <= this.remoteSequence) return false;
    this.remoteSequence = request.cseq.number;
    return true;
  }

  /** Target refresh by re-INVITE, UPDATE or their 2xx. */
  refreshTarget(message: SipMessage): void {
    this.remoteTarget = contactOf(message) ?? this.remoteTarget;
  }

  /** A request inside the dialog (§12.2.1.1) without Via; ACK reuses the sequence of its INVITE. */
  request(method: string, headers: readonly (readonly [string, string])[] = [], body?: string, sequence?: number): OutgoingRequest {
    const number = sequence ?? ++this.localSequence;
    const { uri, routes } = this.routed();
    return {
      method,
      uri,
      headers: [
        ...routes.map((route) => ["Route", route] as const),
        ["Max-Forwards", "70"],
        ["From", this.localParty],
        ["To", this.remoteParty],
        ["Call-ID", this.callId],
        ["CSeq", `${number} ${method}`],
        ...headers,
      ],
      body,
    };
  }

  /** URI whose host the next request goes to. */
  nextHop(): string {
    const first = this.routes[0];
    return (first && parseNameAddress(first)?.uri) || this.remoteTarget;
  }

  /** Strict routers (no `lr`) get the request URI replaced. */
  private routed(): { uri: string; routes: readonly string[] } {
    const first = this.routes[0];
    const uri = first && parseNameAddress(first)?.uri;
    if (!uri || parseUri(uri)?.params.has("lr") !== false) return { uri: this.remoteTarget, routes: this.routes };
    return { uri, routes: [...this.routes.slice(1), `<${this.remoteTarget}>`] };
  }
}

export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId}|${localTag}|${remoteTag}`;
}

function contactOf(message: SipMessage): string | undefined {
  const uri = parseNameAddress(splitList(header(message, "contact") ?? "")[0] ?? "")?.uri;
  return uri && parseUri(uri) ? uri : undefined;
}

function routesOf(message: SipMessage): string[] {
  return (message.headers.get("record-route") ?? []).flatMap((value) => splitList(value));
}
