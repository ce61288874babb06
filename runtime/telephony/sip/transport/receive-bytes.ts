import { parseMessage } from "../message/parse-message.ts";
import { headerText, type SipMessage } from "../message/sip-message.ts";
import { writeResponse } from "../message/write-message.ts";
import { parseVia } from "../message/via.ts";
import { splitList } from "../message/split-list.ts";
import type { Flow, SendText } from "./flow.ts";
import { stampVia } from "./stamp-via.ts";

/** Parses received bytes; a request that cannot be read is answered here, without a transaction. */
export function receiveBytes(bytes: Buffer, flow: Flow, send: SendText): SipMessage | undefined {
  const result = parseMessage(bytes, { datagram: flow.transport === "udp" });
  if (result.ok) {
    if (result.message.kind === "request") stampVia(result.message, flow);
    return result.message;
  }
  const { headers, request, status, reason } = result;
  const answerable = ["via", "from", "to", "call-id", "cseq"].every((name) => headers.has(name));
  const ack = /\sACK$/.test(headerText(result, "cseq"));
  const top = parseVia(splitList(headerText(result, "via"))[0] ?? "");
  if (!request || !answerable || ack || !top) return undefined;
  const port = top.params.has("rport") ? flow.port : (top.port ?? 5060);
  send(writeResponse({ headers }, status, { reason: status === 400 ? `Bad Request (${reason})` : undefined, toTag: "bad" }), { ...flow, port });
  return undefined;
}
