import { parseNameAddress } from "../message/name-address.ts";
import { header, type SipRequest } from "../message/sip-message.ts";
import { splitList } from "../message/split-list.ts";
import { parseUri } from "../message/uri.ts";

/** The caller's number: P-Asserted-Identity (RFC 3325) before From; empty when withheld. */
export function callerOf(request: SipRequest): string {
  const privacy = (header(request, "privacy") ?? "").toLowerCase();
  if (/(^|;)\s*(id|user)\s*(;|$)/.test(privacy)) return "";
  for (const value of (request.headers.get("p-asserted-identity") ?? []).flatMap((line) => splitList(line))) {
    const user = userOf(parseNameAddress(value)?.uri ?? "");
    if (user !== "") return user;
  }
  return userOf(request.from.uri);
}

/** The dialled number: user part of the Request-URI. */
export function dialledOf(request: SipRequest): string {
  return userOf(request.uri);
}

function userOf(text: string): string {
  const uri = parseUri(text);
  if (!uri || uri.host === "anonymous.invalid") return "";
  const user = uri.user.split(";")[0]!;
  return user.toLowerCase() === "anonymous" ? "" : user;
}
