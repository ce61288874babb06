/** Checks of a request outside dialogs, in the order of RFC 3261 §8.2. */
import { header, type SipRequest } from "../message/sip-message.ts";
import { splitList } from "../message/split-list.ts";
import { sessionBody } from "../message/session-body.ts";
import type { HeaderList } from "../message/write-message.ts";
import { parseUri } from "../message/uri.ts";
import { allowedMethods, allowHeader, supportedExtensions } from "./capabilities.ts";

export type Refusal = { status: number; headers?: HeaderList };

/** What to answer when the request cannot be taken; undefined when it can. */
export function refuseRequest(request: SipRequest): Refusal | undefined {
  const methods: readonly string[] = allowedMethods;
  if (!methods.includes(request.method)) return { status: 405, headers: [allowHeader] };
  if (!parseUri(request.uri)) return { status: /^(sips?|tel):/i.test(request.uri) ? 400 : 416 };
  const forwards = header(request, "max-forwards");
  if (forwards !== undefined && !/^\d{1,3}$/.test(forwards)) return { status: 400 };
  if (forwards !== undefined && Number(forwards) === 0 && request.method !== "OPTIONS") return { status: 483 };
  return refuseExtensions(request) ?? refuseBody(request);
}

/** Require with something we lack: 420 with Unsupported (§8.2.2.3). */
export function refuseExtensions(request: SipRequest): Refusal | undefined {
  const required = (request.headers.get("require") ?? []).flatMap((value) => splitList(value));
  const unknown = required.filter((option) => !supportedExtensions.includes(option.toLowerCase()));
  return unknown.length > 0 ? { status: 420, headers: [["Unsupported", unknown.join(", ")]] } : undefined;
}

/** An INVITE, re-INVITE or UPDATE whose body cannot be read (415), or whose sender reads no SDP (406, §8.2.3, RFC 4475 §3.3.15). */
export function refuseBody(request: SipRequest): Refusal | undefined {
  if (request.method !== "INVITE" && request.method !== "UPDATE") return undefined;
  const accepted = request.headers.get("accept")?.flatMap((value) => splitList(value.toLowerCase())) ?? [];
  const reads = accepted.map((range) => range.split(";")[0]!.trim());
  if (reads.length > 0 && !reads.some((range) => range === "application/sdp" || range === "application/*" || range === "*/*")) return { status: 406 };
  if (sessionBody(request).kind !== "other") return undefined;
  return {
    status: 415,
    headers: [
      ["Accept", "application/sdp, multipart/mixed"],
      ["Accept-Encoding", "identity"],
    ],
  };
}
