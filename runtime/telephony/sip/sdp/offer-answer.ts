/** Offer/answer (RFC 3264) for one audio stream of PCMU or PCMA with telephone-event. */
import type { Law } from "../../../audio/g711.ts";
import type { Direction, MediaLine, Sdp } from "./parse-sdp.ts";

/** What both sides agreed on; `direction` is ours. */
export type Agreed = {
  law: Law;
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
const payloadOf: Record<Law, number> = { ulaw: 0, alaw: 8 };
const encodingOf: Record<Law, string> = { ulaw: "PCMU", alaw: "PCMA" };
const mirrored: Record<Direction, Direction> = { sendrecv: "sendrecv", sendonly: "recvonly", recvonly: "sendonly", inactive: "inactive" };
const OUR_EVENT = 101;

/** Answers an offer: the first usable audio line is taken, every other line stays with port 0 (RFC 3264 §6). */
export function answerOffer(offer: Sdp, local: LocalMedia): AnswerResult {
  const index = offer.media.findIndex(usable);
  const chosen = offer.media[index];
  const law = chosen && chooseLaw(chosen);
  if (!chosen || !law) return { ok: false, reason: "no common codec" };
  const agreed = agree(chosen, law);
  const lines = offer.media.map((media, i) => (i === index ? audioLines(local, [law], agreed.eventPayload, agreed.direction) : rejected(media)));
  return { ok: true, agreed, answer: session(local) + lines.join("") };
}

/** Our offer: both laws and telephone-event 101. `keep` renews an agreed stream with its codec first. */
export function makeOffer(local: LocalMedia, keep?: Agreed): string {
  const order: Law[] = keep?.law === "alaw" ? ["alaw", "ulaw"] : ["ulaw", "alaw"];
  return session(local) + audioLines(local, order, keep?.eventPayload ?? OUR_EVENT, "sendrecv");
}

/** Reads the answer to our offer; undefined when it accepts nothing we can use. */
export function readAnswer(answer: Sdp): Agreed | undefined {
  const chosen = answer.media.find(usable);
  const law = chosen && chooseLaw(chosen);
  return chosen && law ? agree(chosen, law) : undefined;
}

function agree(media: MediaLine, law: Law): Agreed {
  // c=0.0.0.0 is hold as in RFC 2543.
  const blackHole = media.address === "0.0.0.0";
  const direction: Direction = blackHole && media.direction === "sendrecv" ? "recvonly" : mirrored[media.direction];
  return {
    law,
    eventPayload: eventPayload(media),
    address: media.address,
    port: media.port,
    direction,
    heldByFar: direction === "recvonly" || direction === "inactive",
  };
}

function usable(media: MediaLine): boolean {
  return media.kind === "audio" && media.port > 0 && media.address !== "" && /^RTP\/AVPF?$/.test(media.protocol) && chooseLaw(media) !== undefined;
}

/** The far end's first choice that we speak. */
function chooseLaw(media: MediaLine): Law | undefined {
  for (const format of media.formats) {
    const map = media.maps.get(format);
    if (map === undefined ? format === "0" || format === "8" : laws[map] !== undefined && Number(format) === payloadOf[laws[map]]) {
      return format === "0" ? "ulaw" : "alaw";
    }
  }
  return undefined;
}

function eventPayload(media: MediaLine): number | undefined {
  const format = media.formats.find((f) => /^TELEPHONE-EVENT\/8000(\/1)?$/.test(media.maps.get(f) ?? ""));
  const payload = Number(format);
  return format !== undefined && payload >= 0 && payload < 128 ? payload : undefined;
}

function session(local: LocalMedia): string {
  const family = local.address.includes(":") ? "IP6" : "IP4";
  return `v=0\r\no=sufler ${local.sessionId} ${local.version} IN ${family} ${local.address}\r\ns=-\r\nc=IN ${family} ${local.address}\r\nt=0 0\r\n`;
}

function audioLines(local: LocalMedia, order: readonly Law[], event: number | undefined, direction: Direction): string {
  const formats = [...order.map((law) => payloadOf[law]), ...(event === undefined ? [] : [event])];
  let text = `m=audio ${local.port} RTP/AVP ${formats.join(" ")}\r\n`;
  for (const law of order) text += `a=rtpmap:${payloadOf[law]} ${encodingOf[law]}/8000\r\n`;
  if (event !== undefined) text += `a=rtpmap:${event} telephone-event/8000\r\na=fmtp:${event} 0-15\r\n`;
  return `${text}a=ptime:20\r\na=${direction}\r\n`;
}

function rejected(media: MediaLine): string {
  return `m=${media.kind} 0 ${media.protocol} ${media.formats.join(" ") || "0"}\r\n`;
}
