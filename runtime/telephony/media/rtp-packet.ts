/** RTP (RFC 3550 §5.1): 12 bytes of header, no extensions on our side. */
export type RtpPacket = { payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number; payload: Buffer };

/** Reads a packet; undefined for anything that is not RTP (RTCP included). */
export function readRtp(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < 12 || bytes[0]! >> 6 !== 2) return undefined;
  const payloadType = bytes[1]! & 0x7f;
  if (payloadType >= 72 && payloadType <= 76) return undefined;
  let start = 12 + (bytes[0]! & 0x0f) * 4;
  if (bytes[0]! & 0x10) {
    if (bytes.length < start + 4) return undefined;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const padding = bytes[0]! & 0x20 ? bytes[bytes.length - 1]! : 0;
  const end = bytes.length - padding;
  if (start > end) return undefined;
  return {
    payloadType,
    marker: (bytes[1]! & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}

export type RtpHeader = { payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number };

/** A fresh packet: its bytes may still be in the socket's queue when the next one is made. */
export function writeRtp(header: RtpHeader, payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(12 + payload.length);
  bytes[0] = 0x80;
  bytes[1] = header.payloadType | (header.marker ? 0x80 : 0);
  bytes.writeUInt16BE(header.sequence & 0xffff, 2);
  bytes.writeUInt32BE(header.timestamp >>> 0, 4);
  bytes.writeUInt32BE(header.ssrc >>> 0, 8);
  bytes.set(payload, 12);
  return bytes;
}

/** Signed distance between RTP timestamps (wraps at 2^32). */
export function timestampDistance(later: number, earlier: number): number {
  return (later - earlier) | 0;
}
