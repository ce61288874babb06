/** Requests of the far end inside a dialog (RFC 3261 §12.2.2). */
import { header, type SipRequest } from "../message/sip-message.ts";
import type { ServerTransaction } from "../transaction/server-transaction.ts";
import type { Call } from "./call.ts";
import { allowHeader, optionsHeaders, sdpType } from "./capabilities.ts";
import { infoDigit } from "./info-digit.ts";
import { sdpOf } from "../message/session-body.ts";
import { refuseBody } from "./request-checks.ts";
import { readReason } from "./reason-header.ts";
import { MIN_SE, SessionTimer } from "./session-timer.ts";

type Handler = (call: Call, request: SipRequest, transaction: ServerTransaction) => void;

const handlers: Record<string, Handler> = {
  BYE: takeBye,
  INVITE: takeReinvite,
  UPDATE: takeUpdate,
  INFO: takeInfo,
  NOTIFY: takeNotify,
  PRACK: takePrack,
  REFER: (_call, _request, transaction) => transaction.respond(603),
  OPTIONS: (_call, _request, transaction) => transaction.respond(200, { headers: optionsHeaders }),
};

/** Answers one request; the CSeq was not yet checked. */
export function takeInDialog(call: Call, request: SipRequest, transaction: ServerTransaction): void {
  if (!call.dialog?.inOrder(request)) return transaction.respond(500, { reason: "CSeq out of order" });
  const handler = handlers[request.method];
  if (!handler) return transaction.respond(405, { headers: [allowHeader] });
  if (call.over && request.method !== "BYE" && request.method !== "NOTIFY") return transaction.respond(481);
  const refusal = refuseBody(request);
  if (refusal) return transaction.respond(refusal.status, refusal);
  handler(call, request, transaction);
}

/** RFC 3262 §3: it ends the repetition of our provisional response and may carry an answer or an offer. */
function takePrack(call: Call, request: SipRequest, transaction: ServerTransaction): void {
  if (!call.reliable?.acknowledge(request)) return transaction.respond(481);
  const sdp = sdpOf(request);
  if (call.awaitsAnswer) {
    call.awaitsAnswer = false;
    transaction.respond(200);
    if (!call.takeAnswer(sdp)) return call.finish({ by: "local", failure: "noCodec", reason: "no common codec in the PRACK" });
  } else if (sdp.trim() === "") transaction.respond(200);
  else {
    const result = call.answer(sdp);
    if (!result.ok) return transaction.respond(488);
    transaction.respond(200, { headers: [sdpType], body: result.answer });
  }
  call.onPrack();
}

function takeBye(call: Call, request: SipRequest, transaction: ServerTransaction): void {
  transaction.respond(200);
  call.finish({ by: "remote", q850: 16, ...readReason16(request) });
  call.release();
}

function readReason16(request: SipRequest): { q850?: number; reason?: string } {
  const { q850, text } = readReason(request);
  return { ...(q850 === undefined ? {} : { q850 }), ...(text ? { reason: text } : {}) };
}

/** Hold, resume, codec change, late offer (§14.2). */
function takeReinvite(call: Call, request: SipRequest, transaction: ServerTransaction): void {
  if (call.accepted) return transaction.respond(491);
  // Before the first INVITE is answered there is no other (§14.2).
  if (!call.established) return transaction.respond(500, { headers: [["Retry-After", "3"]] });
  if (SessionTimer.tooSmall(request)) return transaction.respond(422, { headers: [["Min-SE", String(MIN_SE)]] });
  const offer = sdpOf(request);
  const offered = offer.trim() !== "";
  let body: string;
  if (offered) {
    const result = call.answer(offer);
    if (!result.ok) return transaction.respond(488);
    body = result.answer;
  } else body = call.offer();
  call.dialog!.refreshTarget(request);
  transaction.respond(200, { headers: acceptHeaders(call, request), body });
  call.awaitAck(transaction, (ack) => {
    if (!offered) call.takeAnswer(sdpOf(ack));
  });
}

/** RFC 3311: session refresh, with or without an offer. */
function takeUpdate(call: Call, request: SipRequest, transaction: ServerTransaction): void {
  if (SessionTimer.tooSmall(request)) return transaction.respond(422, { headers: [["Min-SE", String(MIN_SE)]] });
  let body: string | undefined;
  const offer = sdpOf(request);
  if (offer.trim() !== "") {
    const result = call.answer(offer);
    if (!result.ok) return transaction.respond(488);
    body = result.answer;
  }
  call.dialog!.refreshTarget(request);
  const headers = acceptHeaders(call, request);
  transaction.respond(200, { headers: body === undefined ? headers.filter((h) => h !== sdpType) : headers, body });
}

function acceptHeaders(call: Call, request: SipRequest): (readonly [string, string])[] {
  return [["Contact", call.host.contact(call.dialog!.flow)], allowHeader, ...call.sessionTimer.refresh(request), sdpType];
}

function takeInfo(call: Call, request: SipRequest, transaction: ServerTransaction): void {
  const digit = infoDigit(request);
  const type = (header(request, "content-type") ?? "").toLowerCase();
  // An INFO of an unknown kind is answered 415 (RFC 6086 §4.2.2); an empty one is a keep-alive.
  if (digit === undefined && request.body !== "" && !type.startsWith("application/dtmf")) return transaction.respond(415);
  transaction.respond(200);
  if (digit !== undefined) call.host.media.digit(call.id, digit);
}

function takeNotify(call: Call, request: SipRequest, transaction: ServerTransaction): void {
  const event = (header(request, "event") ?? "").split(";")[0]!.trim().toLowerCase();
  if (event !== "refer") return transaction.respond(489, { reason: "Bad Event" });
  transaction.respond(200);
  call.transfer?.notified(request);
}
