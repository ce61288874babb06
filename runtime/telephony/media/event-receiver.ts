import { timestampDistance, type RtpPacket } from "./rtp-packet.ts";

export const eventKeys = "0123456789*#ABCD";

/** A pause on the sender's time line that parts two presses whose end was lost: 75 ms; three lost packets of 20 ms are less. */
const PAUSE = 600;
/** A pause by our clock that parts them when the sender's time line stands still between presses. */
const PAUSE_MS = 200;
/** Durations near the end of 16 bits go round, or on in a new segment (§2.5.1.3). */
const LONG = 0xffff - 1_600;
/** Sequence numbers this far behind are late packets; farther behind, the sender began again. */
const LATE = 100;

type Part = { ssrc: number; sequence: number; timestamp: number; duration: number; end: boolean; at: number };

/**
 * RFC 4733 events: one press is one key, whatever its sender does with timestamps and ends. A key is taken from its FIRST packet,
 * whichever that is. By the book all packets of a press share one timestamp; gateways also give each packet its own, lose or repeat the
 * end, or never move the timestamp. So a packet begins a press when something tells it from the one before: an end came and this is none,
 * its duration begins again, or there was a pause.
 */
export class EventReceiver {
  /** The newest packet of the last press of each event. */
  private readonly last = new Map<number, Part>();
  /** Event of the press that goes on. */
  private current = -1;

  /** The key when this packet starts a new press; `at`: when it came, monotonic ms. */
  push(packet: RtpPacket, at = performance.now()): string | undefined {
    const { payload, ssrc, sequence, timestamp } = packet;
    if (payload.length < 4) return undefined;
    const event = payload[0]!;
    const part: Part = { ssrc, sequence, timestamp, duration: payload.readUInt16BE(2), end: (payload[1]! & 0x80) !== 0, at };
    if (this.isLate(part)) return undefined;
    const before = this.last.get(event);
    const fresh = !before || begins(part, before);
    // An end of the press before, among the packets of this one, ends nothing.
    if (fresh && event !== this.current) this.close(event);
    // An end stays one: repetitions of it without the bit do not exist.
    this.last.set(event, fresh || part.end || !before?.end ? part : { ...part, end: true });
    return fresh ? eventKeys[event] : undefined;
  }

  /** Comes after a packet that was sent later, or again: tells nothing new. */
  private isLate(part: Part): boolean {
    for (const known of this.last.values()) {
      const behind = ((known.sequence - part.sequence) << 16) >> 16;
      const same = behind === 0 && known.timestamp === part.timestamp && known.duration === part.duration && known.end === part.end;
      if (known.ssrc === part.ssrc && (same || (behind > 0 && behind < LATE))) return true;
    }
    return false;
  }

  /** Another key ends the one before it. */
  private close(event: number): void {
    const before = this.last.get(this.current);
    if (before) this.last.set(this.current, { ...before, end: true });
    this.current = event;
  }
}

function begins(part: Part, before: Part): boolean {
  const waited = part.at - before.at;
  if (part.ssrc !== before.ssrc) return before.end || part.duration < before.duration || waited >= PAUSE_MS;
  const moved = timestampDistance(part.timestamp, before.timestamp);
  if (before.end && (!part.end || isOtherEnd(part, before, moved))) return true;
  // Contiguous segments of a press longer than 16 bits can count.
  if (before.duration >= LONG && moved <= before.duration + PAUSE) return false;
  return pauses(moved, waited, before) || (!part.end && part.duration < before.duration);
}

/** Only the end of the next press came: it began after the last one, and is no repetition of its end. */
function isOtherEnd(part: Part, before: Part, moved: number): boolean {
  const longer = part.duration - before.duration;
  return moved > before.duration && longer !== 0 && longer !== moved;
}

function pauses(moved: number, waited: number, before: Part): boolean {
  return moved !== 0 && (moved - before.duration >= PAUSE || moved < -LATE * 160 || waited >= PAUSE_MS);
}
