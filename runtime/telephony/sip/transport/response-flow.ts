import type { SipRequest } from "../message/sip-message.ts";
import type { Flow } from "./flow.ts";

/** Where a response goes: rport, else the port of sent-by at the source address (RFC 3261 §18.2.2, RFC 3581 §4). */
export function responseFlow(request: SipRequest, from: Flow): Flow {
  const top = request.via[0]!;
  const rport = Number(top.params.get("rport"));
  const port = rport > 0 ? rport : (top.port ?? 5060);
  // `maddr` is ignored on purpose: it would let a stranger aim our responses at a third party.
  return { transport: from.transport, address: from.address, port, connection: from.connection };
}
