/** Offer/answer (RFC 3264) for one audio stream of PCMU or PCMA with telephone-event. */
import type { Law } from "../../../audio/g711.ts";
import type { Direction, MediaLine, Sdp } from "./parse-sdp.ts";

/** What both sides agreed on; `direction` is ours. */
export type Agreed = {
  law: Law;
  /** Payload number of the law: 0 or 8, or a dynamic one that the far end gave it. */
  payload: number;
  /** Payload number of telephone-event that the far end uses; undefined = it has none. */
  eventPayload?: number;
  address: string;
  port: number;
  direction: Direction;
  /** The far end does not want to hear us now. */
  heldByFar: boolean;
};

export type LocalMedia = { address: string; port: number; sessionId: number; version: number };

export type AnswerResult = { ok: true; agreed: Agreed; answer: string } | { ok: false; reason: string };

const laws: Record<string, Law> = { "PCMU/8000": "ulaw", "PCMA/8000": "alaw", "PCMU/8000/1": "ulaw", "PCMA/8000/1": "alaw" };
type Codec = { law: Law; payload: number };
const staticLaws: Readonly<Record<string, Law>> = { "0": "ulaw", "8": "alaw" };
const payloadOf: Record<Law, number> = { ulaw: 0, alaw: 8 };
const encodingOf: Record<Law, string> = { ulaw: "PCMU", alaw: "PCMA" };
const mirrored: Record<Direction, Direction> = { sendrecv: "sendrecv", sendonly: "recvonly", recvonly: "sendonly", inactive: "inactive" };
const OUR_EVENT = 101;

/** Answers an offer: the first usable audio line is taken, every other line stays with port 0 (RFC 3264 §6). */
export function answerOffer(offer: Sdp, local: LocalMedia): AnswerResult {
  const index = offer.media.findIndex(usable);
  const chosen = offer.media[index];
  const codec = chosen && chooseCodec(chosen);
  if (!chosen || !codec) return { ok: false, reason: "no common codec" };
  const agreed = agree(chosen, codec);
  const lines = offer.media.map((media, i) => (i === index ? audioLines(local, [codec], agreed.eventPayload, agreed.direction) : rejected(media)));
  return { ok: true, agreed, answer: session(local) + lines.join("") };
}

/** Our offer: both laws and telephone-event 101. `keep` renews an agreed stream with its codec first. */
export function makeOffer(local: LocalMedia, keep?: Agreed): string {
  const order = ownCodecs(keep?.law ?? "ulaw").map((codec) => (codec.law === keep?.law ? { law: codec.law, payload: keep.payload } : codec));
  return session(local) + audioLines(local, order, keep?.eventPayload ?? OUR_EVENT, "sendrecv");
}

/** Reads the answer to our offer; undefined when it accepts nothing we can use. */
export function readAnswer(answer: Sdp): Agreed | undefined {
  const chosen = answer.media.find(usable);
  const codec = chosen && chooseCodec(chosen);
  return chosen && codec ? agree(chosen, codec) : undefined;
}

function ownCodecs(first: Law): Codec[] {
  const order: Law[] = first === "alaw" ? ["alaw", "ulaw"] : ["ulaw", "alaw"];
  return order.map((law) => ({ law, payload: payloadOf[law] }));
}

function agree(media: MediaLine, { law, payload }: Codec): Agreed {
  // c=0.0.0.0 is hold as in RFC 2543.
  const blackHole = media.address === "0.0.0.0";
  const direction: Direction = blackHole && media.direction === "sendrecv" ? "recvonly" : mirrored[media.direction];
  return {
    law,
    payload,
    eventPayload: eventPayload(media),
    address: media.address,
    port: media.port,
    direction,
    heldByFar: direction === "recvonly" || direction === "inactive",
  };
}

function usable(media: MediaLine): boolean {
  return media.kind === "audio" && media.port > 0 && media.address !== "" && /^RTP\/AVPF?$/.test(media.protocol) && chooseCodec(media) !== undefined;
}

/** The far end's first choice that we speak, under its number: a static one needs no rtpmap, a dynamic one has it (RFC 3551 §6). */
function chooseCodec(media: MediaLine): Codec | undefined {
  for (const format of media.formats) {
    const payload = payloadNumber(format);
    const map = media.maps.get(format);
    const law = map === undefined ? staticLaws[format] : laws[map];
    if (law !== undefined && payload !== undefined) return { law, payload };
  }
  return undefined;
}

/** 72 to 76 would be read as RTCP (RFC 5761 §4). */
function payloadNumber(format: string): number | undefined {
  const payload = /^\d{1,3}$/.test(format) ? Number(format) : 128;
  return payload < 128 && !(payload >= 72 && payload <= 76) ? payload : undefined;
}

function eventPayload(media: MediaLine): number | undefined {
  const format = media.formats.find((f) => /^TELEPHONE-EVENT\/8000(\/1)?$/.test(media.maps.get(f) ?? ""));
  return format === undefined ? undefined : payloadNumber(format);
}

function session(local: LocalMedia): string {
  const family = local.address.includes(":") ? "IP6" : "IP4";
  return `v=0\r\no=sufler ${local.sessionId} ${local.version} IN ${family} ${local.address}\r\ns=-\r\nc=IN ${family} ${local.address}\r\nt=0 0\r\n`;
}

function audioLines(local: LocalMedia, order: readonly Codec[], event: number | undefined, direction: Direction): string {
  const formats = [...order.map(({ payload }) => payload), ...(event === undefined ? [] : [event])];
  let text = `m=audio ${local.port} RTP/AVP ${formats.join(" ")}\r\n`;
  for (const { law, payload } of order) text += `a=rtpmap:${payload} ${encodingOf[law]}/8000\r\n`;
  if (event !== undefined) text += `a=rtpmap:${event} telephone-event/8000\r\na=fmtp:${event} 0-15\r\n`;
  return `${text}a=ptime:20\r\na=${direction}\r\n`;
}

function rejected(media: MediaLine): string {
  return `m=${media.kind} 0 ${media.protocol} ${media.formats.join(" ") || "0"}\r\n`;
}
