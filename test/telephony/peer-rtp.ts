/** RTP of the test peer: sends audio, tones and RFC 4733 events at 20 ms, keeps all it receives with its time. */
import { createSocket, type Socket } from "node:dgram";
import { decode, encode, silenceCode, type Law } from "../../runtime/audio/g711.ts";

export type Heard = { at: number; payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number; payload: Buffer };

const KEYS = "0123456789*#ABCD";
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const PAD = "123A456B789C*0#D";

export class PeerRtp {
  readonly port: number;
  readonly heard: Heard[] = [];
  law: Law = "ulaw";
  eventPayload = 101;
  /** Whether its SDP has telephone-event. */
  offersEvents = true;
  /** Where to send; set from the SDP. */
  target: { address: string; port: number } | undefined;
  private readonly socket: Socket;
  private readonly ssrc = (Math.random() * 2 ** 32) >>> 0;
  private sequence = 1000;
  private timestamp = 5000;
  private work: Promise<void> = Promise.resolve();
  private closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.port = socket.address().port;
    socket.on("message", (bytes, from) => {
      this.target ??= { address: from.address, port: from.port };
      this.take(bytes);
    });
    socket.on("error", () => {});
  }

  static open(): Promise<PeerRtp> {
    return new Promise((resolve, reject) => {
      const socket = createSocket("udp4");
      socket.once("error", reject);
      socket.bind(0, "127.0.0.1", () => resolve(new PeerRtp(socket)));
    });
  }

  /** All audio received so far, in order of arrival. */
  samples(): Int16Array {
    const parts = this.heard.filter((packet) => packet.payloadType === 0 || packet.payloadType === 8);
    const all = new Int16Array(parts.reduce((sum, part) => sum + part.payload.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(decode(part.payloadType === 0 ? "ulaw" : "alaw", part.payload), at);
      at += part.payload.length;
    }
    return all;
  }

  /** Milliseconds of received audio that are not silence. */
  loudMs(): number {
    return this.heard.filter((packet) => isLoud(packet)).length * 20;
  }

  /** Digits received as RFC 4733 events. */
  digits(): string {
    const seen = new Set<number>();
    let digits = "";
    for (const packet of this.heard) {
      if (packet.payloadType !== this.eventPayload || seen.has(packet.timestamp)) continue;
      seen.add(packet.timestamp);
      digits += KEYS[packet.payload[0]!] ?? "?";
    }
    return digits;
  }

  /** Sends a sine. */
  tone(ms: number, frequencies: readonly number[] = [440]): Promise<void> {
    const samples = new Int16Array(ms * 8);
    for (let i = 0; i < samples.length; i++) {
      let value = 0;
      for (const frequency of frequencies) value += 6000 * Math.sin((2 * Math.PI * frequency * i) / 8000);
      samples[i] = value;
    }
    return this.audio(encode(this.law, samples));
  }

  silence(ms: number): Promise<void> {
    return this.audio(new Uint8Array(ms * 8).fill(silenceCode[this.law]));
  }

  /** A key as two tones. */
  async inband(digit: string, ms = 80): Promise<void> {
    const index = PAD.indexOf(digit);
    await this.tone(ms, [ROWS[index >> 2]!, COLUMNS[index & 3]!]);
    await this.silence(60);
  }

  /** A key as RFC 4733 packets; `dropFirst` loses that many of its first packets. */
  event(digit: string, ms = 100, dropFirst = 0): Promise<void> {
    const event = KEYS.indexOf(digit);
    const frames = Math.max(1, Math.round(ms / 20));
    const start = this.timestamp;
    this.timestamp += frames * 160;
    const packets: { payload: Buffer; marker: boolean }[] = [];
    for (let i = 1; i <= frames + 2; i++) {
      const payload = Buffer.from([event, i >= frames ? 0x8a : 0x0a, 0, 0]);
      payload.writeUInt16BE(Math.min(i, frames) * 160, 2);
      packets.push({ payload, marker: i === 1 });
    }
    return this.paced(packets.length, (i) => {
      if (i >= dropFirst) this.packet(this.eventPayload, packets[i]!.payload, start, packets[i]!.marker);
      else this.sequence++;
    });
  }

  /** Waits until all that was asked to be sent is sent. */
  idle(): Promise<void> {
    return this.work;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.socket.close();
  }

  private audio(codes: Uint8Array): Promise<void> {
    const frames = Math.ceil(codes.length / 160);
    return this.paced(frames, (i) => {
      this.packet(this.law === "ulaw" ? 0 : 8, codes.subarray(i * 160, (i + 1) * 160), this.timestamp, i === 0);
      this.timestamp += 160;
    });
  }

  /** One after another, 20 ms apart. */
  private paced(count: number, send: (index: number) => void): Promise<void> {
    this.work = this.work.then(async () => {
      const from = performance.now();
      for (let i = 0; i < count && !this.closed; i++) {
        send(i);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, from + (i + 1) * 20 - performance.now())));
      }
    });
    return this.work;
  }

  private packet(payloadType: number, payload: Uint8Array, timestamp: number, marker: boolean): void {
    if (!this.target || this.closed) return;
    const bytes = Buffer.alloc(12 + payload.length);
    bytes[0] = 0x80;
    bytes[1] = payloadType | (marker ? 0x80 : 0);
    bytes.writeUInt16BE(this.sequence++ & 0xffff, 2);
    bytes.writeUInt32BE(timestamp >>> 0, 4);
    bytes.writeUInt32BE(this.ssrc, 8);
    bytes.set(payload, 12);
    this.socket.send(bytes, this.target.port, this.target.address);
  }

  private take(bytes: Buffer): void {
    if (bytes.length < 12) return;
    this.heard.push({
      at: performance.now(),
      payloadType: bytes[1]! & 0x7f,
      marker: (bytes[1]! & 0x80) !== 0,
      sequence: bytes.readUInt16BE(2),
      timestamp: bytes.readUInt32BE(4),
      ssrc: bytes.readUInt32BE(8),
      payload: Buffer.from(bytes.subarray(12)),
    });
  }
}

/** True when a received packet is audio above silence. */
export function isLoud(packet: Heard): boolean {
  if (packet.payloadType !== 0 && packet.payloadType !== 8) return false;
  return decode(packet.payloadType === 0 ? "ulaw" : "alaw", packet.payload).some((sample) => Math.abs(sample) > 500);
}
