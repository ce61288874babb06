/** A SIP message as parsed: the six header fields every message has are read, the rest stays text. */
import type { NameAddress } from "./name-address.ts";
import type { Via } from "./via.ts";

/** Header values by lower-case full name, in order of appearance. */
export type HeaderMap = Map<string, string[]>;

export type CSeq = { number: number; method: string };

type Common = {
  headers: HeaderMap;
  /** Top Via first. */
  via: Via[];
  from: NameAddress;
  to: NameAddress;
  callId: string;
  cseq: CSeq;
  /** Latin-1: one character is one byte. */
  body: string;
};

export type SipRequest = Common & { kind: "request"; method: string; uri: string };
export type SipResponse = Common & { kind: "response"; status: number; reason: string };
export type SipMessage = SipRequest | SipResponse;

/** The first value of a header, or "". */
export function headerText(message: { headers: HeaderMap }, name: string): string {
  return message.headers.get(name)?.[0] ?? "";
}

/** The first value of a header, or undefined. */
export function header(message: { headers: HeaderMap }, name: string): string | undefined {
  return message.headers.get(name)?.[0];
}
