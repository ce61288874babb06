import type { Authenticator } from "../auth/authenticator.ts";
import { Dialog } from "../dialog/dialog.ts";
import { header, type SipResponse } from "../message/sip-message.ts";
import type { OutgoingRequest } from "../transaction/client-transaction.ts";
import type { Flow } from "../transport/flow.ts";
import type { CallHost } from "./call-host.ts";
import { names100rel } from "./reliable-ringing.ts";

type Early = { dialog: Dialog; sequence: number };

/** Dialogs that reliable provisional responses made, one for each fork, and their PRACKs (RFC 3262 §4). */
export class EarlyDialogs {
  private readonly host: CallHost;
  private readonly flow: Flow;
  private readonly authenticator: Authenticator;
  private readonly byTag = new Map<string, Early>();

  constructor(host: CallHost, flow: Flow, authenticator: Authenticator) {
    this.host = host;
    this.flow = flow;
    this.authenticator = authenticator;
  }

  /** A provisional response. False when it came out of order or again: it is not to be used. */
  take(invite: OutgoingRequest, response: SipResponse): boolean {
    const sequence = Number(header(response, "rseq") ?? NaN);
    if (!names100rel(response, "require") || !(sequence > 0)) return true;
    const tag = response.to.params.get("tag") ?? "";
    const known = this.byTag.get(tag);
    if (known && sequence !== known.sequence + 1) return false;
    const early = known ?? { dialog: Dialog.fromResponse(invite, response, this.flow), sequence };
    early.sequence = sequence;
    early.dialog.refreshTarget(response);
    this.byTag.set(tag, early);
    this.acknowledge(early, `${sequence} ${response.cseq.number} INVITE`);
    return true;
  }

  /** The last CSeq used in the dialog that a 2xx confirms; undefined when it had no reliable response. */
  lastSequence(response: SipResponse): number | undefined {
    return this.byTag.get(response.to.params.get("tag") ?? "")?.dialog.localSequence;
  }

  private acknowledge({ dialog }: Early, rack: string): void {
    const { host, authenticator } = this;
    const credentials = authenticator.headers("PRACK", dialog.remoteTarget);
    const prack = dialog.request("PRACK", [["RAck", rack], ...credentials]);
    host.route(dialog.nextHop(), dialog.flow, (flow) => {
      if (flow) host.transactions.send(prack, flow, { onResponse: () => {}, onFailure: () => {} });
    });
  }
}
