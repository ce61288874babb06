import type { DialRequest, Trunk } from "../../../ports/telephony.ts";
import { escapeUser, hostText, parseUri } from "../message/uri.ts";

/** Request-URI of a dial request on a trunk; undefined when the number is bad or the host is not the trunk's. */
export function dialUri(request: DialRequest, trunk: Trunk): string | undefined {
  if (/^sips?:/i.test(request.to)) {
    const uri = parseUri(request.to);
    const port = uri?.port ?? 5060;
    const own = uri && uri.user !== "" && uri.host === trunk.host.toLowerCase() && port === trunk.port;
    return own ? trunkUri(uri.user, trunk) : undefined;
  }
  return /^\+?[0-9A-Za-z*#._-]{1,64}$/.test(request.to) ? trunkUri(request.to, trunk) : undefined;
}

/** `sip:user@host:port` on a trunk, with the transport when it is TCP. */
export function trunkUri(user: string, trunk: Trunk): string {
  const port = trunk.port === 5060 ? "" : `:${trunk.port}`;
  return `sip:${user === "" ? "" : `${escapeUser(user)}@`}${hostText(trunk.host)}${port}${trunk.transport === "tcp" ? ";transport=tcp" : ""}`;
}

/** Why nothing came back, in words for people. */
export function silence(reason: "timeout" | "transport", detail?: string): string {
  if (reason === "timeout") return "no reply";
  return detail ? `unreachable (${detail})` : "unreachable";
}
