import type { SipRequest } from "../message/sip-message.ts";
import { splitList } from "../message/split-list.ts";
import { viaText } from "../message/via.ts";
import type { Flow } from "./flow.ts";

/** Writes `received` and `rport` into the top Via of a request (RFC 3261 §18.2.1, RFC 3581 §4). */
export function stampVia(request: SipRequest, flow: Flow): void {
  const top = request.via[0]!;
  const asked = top.params.get("rport") === "";
  if (asked) top.params.set("rport", String(flow.port));
  if (asked || top.host !== flow.address) top.params.set("received", flow.address);
  else return;
  const values = request.headers.get("via")!;
  const others = splitList(values[0]!).slice(1);
  values[0] = [viaText(top), ...others].join(", ");
}
