import { parseNameAddress } from "../message/name-address.ts";
import { header, type SipRequest } from "../message/sip-message.ts";
import { splitList } from "../message/split-list.ts";
import { parseUri } from "../message/uri.ts";

export type CallerId = {
  /** The number to be shown, spoken and stored; empty when withheld. */
  caller: string;
  /** The number that the network vouches for, withheld or not: for lists, never shown. Empty when it names none. */
  asserted: string;
};

/** P-Asserted-Identity (RFC 3325), else Remote-Party-ID, else From; Privacy (RFC 3323) and the privacy of Remote-Party-ID withhold it. */
export function callerOf(request: SipRequest): CallerId {
  const identity = firstNumber(request, "p-asserted-identity");
  const party = identity ? undefined : firstNumber(request, "remote-party-id");
  const from = userOf(request.from.uri);
  const number = identity?.number ?? party?.number ?? from;
  const privacy = (header(request, "privacy") ?? "").toLowerCase();
  const withheld = /(^|;)\s*(id|user|header)\s*(;|$)/.test(privacy) || /^(full|uri)\b/.test(party?.privacy ?? "");
  return { caller: withheld ? "" : number, asserted: number };
}

/** The dialled number: user part of the Request-URI. */
export function dialledOf(request: SipRequest): string {
  return userOf(request.uri);
}

/** The first value with a number; a Remote-Party-ID of the called party is none. */
function firstNumber(request: SipRequest, name: string): { number: string; privacy: string } | undefined {
  for (const value of (request.headers.get(name) ?? []).flatMap((line) => splitList(line))) {
    const address = parseNameAddress(value);
    const number = userOf(address?.uri ?? "");
    if (number !== "" && address?.params.get("party")?.toLowerCase() !== "called") {
      return { number, privacy: address?.params.get("privacy")?.toLowerCase() ?? "" };
    }
  }
  return undefined;
}

function userOf(text: string): string {
  const uri = parseUri(text);
  if (!uri || uri.host === "anonymous.invalid") return "";
  const user = uri.user.split(";")[0]!;
  return user.toLowerCase() === "anonymous" ? "" : user;
}
