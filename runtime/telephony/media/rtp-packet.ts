/** RTP (RFC 3550 §5.1): 12 bytes of header, no extensions on our side. */
export type RtpPacket = { payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number; payload: Buffer };

/** A packet that was received; its payload is cut out when somebody wants it. */
class ReceivedPacket implements RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  private readonly bytes: Buffer;
  private readonly start: number;
  private readonly end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.payloadType = bytes[1]! & 0x7f;
    this.marker = bytes[1]! > 0x7f;
    this.sequence = (bytes[2]! << 8) | bytes[3]!;
    this.timestamp = word(bytes, 4);
    this.ssrc = word(bytes, 8);
  }

  get payload(): Buffer {
    return this.bytes.subarray(this.start, this.end);
  }
}

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
  return start > end ? undefined : new ReceivedPacket(bytes, start, end);
}

export const RTP_HEADER = 12;
export type RtpHeader = { payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number };

/** A fresh packet: its bytes may still be in the socket's queue when the next one is made. */
export function writeRtp(header: RtpHeader, payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(RTP_HEADER + payload.length);
  writeHeader(bytes, header);
  bytes.set(payload, RTP_HEADER);
  return bytes;
}

/** The first twelve bytes. */
export function writeHeader(bytes: Buffer, { payloadType, marker, sequence, timestamp, ssrc }: RtpHeader): void {
  bytes[0] = 0x80;
  bytes[1] = payloadType | (marker ? 0x80 : 0);
  bytes[2] = sequence >> 8;
  bytes[3] = sequence;
  putWord(bytes, 4, timestamp);
  putWord(bytes, 8, ssrc);
}

function word(bytes: Buffer, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

function putWord(bytes: Buffer, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** Signed distance between RTP timestamps (wraps at 2^32). */
export function timestampDistance(later: number, earlier: number): number {
  return (later - earlier) | 0;
}
