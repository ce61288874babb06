import type { RtpPacket } from "./rtp-packet.ts";

export const eventKeys = "0123456789*#ABCD";

/**
 * RFC 4733 events. A key is taken from its FIRST packet, whichever that is; later packets of the same
 * event share (SSRC, timestamp, event). A press longer than 0xffff goes on in a new segment (§2.5.1.3).
 */
export class EventReceiver {
  private readonly seen: string[] = [];
  private segment = "";

  /** The key when this packet starts a new event. */
  push(packet: RtpPacket): string | undefined {
    const { payload, ssrc, timestamp } = packet;
    if (payload.length < 4) return undefined;
    const event = payload[0]!;
    const ended = (payload[1]! & 0x80) !== 0;
    const duration = payload.readUInt16BE(2);
    const id = `${ssrc}|${timestamp}|${event}`;
    const known = this.seen.includes(id);
    const continues = !known && id === this.segment;
    this.segment = !ended && duration === 0xffff ? `${ssrc}|${(timestamp + duration) >>> 0}|${event}` : this.segment;
    if (known) return undefined;
    this.seen.push(id);
    if (this.seen.length > 8) this.seen.shift();
    return continues ? undefined : eventKeys[event];
  }
}
