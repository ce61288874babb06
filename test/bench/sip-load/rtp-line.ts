/** The RTP of one loaded call: 50 packets a second out, arrival times in. */
import type { Address } from "./caller.ts";
import { ownWire, type Wire } from "./wire.ts";

/** Noise as loud as speech: a server that listens to it has to work. */
const NOISE = Buffer.from(Array.from({ length: 160 }, (_, i) => (i % 2 ? 0x80 : 0) | (0x10 + ((i * 37) % 48))));

export class RtpLine {
  readonly port: number;
  received = 0;
  /** |inter-arrival − 20 ms| of packets that follow one another. */
  readonly jitter: number[] = [];
  /** Called for each audio packet with its arrival time and its middle byte. */
  onPacket: ((at: number, code: number) => void) | undefined;
  private readonly wire: Wire;
  private target: Address | undefined;
  private sequence = 0;
  private timestamp = 0;
  private lastAt = 0;
  private lastTimestamp = -1;
  private readonly ssrc = Math.floor(Math.random() * 2 ** 31);

  private constructor(wire: Wire) {
    this.wire = wire;
    this.port = wire.port;
  }

  static async open(open: () => Promise<Wire> = ownWire): Promise<RtpLine> {
    return new RtpLine(await open());
  }

  aim(target: Address): void {
    this.target = target;
    this.wire.aim(target, (bytes) => this.take(bytes));
  }

  /** One frame of noise. */
  beat(): void {
    this.send(0, NOISE, this.timestamp, false);
    this.timestamp += 160;
  }

  /** The first packet of a key, at once; the rest 20 ms apart. */
  press(event: number): number {
    const start = this.timestamp;
    const packet = (duration: number, end: boolean) => Buffer.from([event, end ? 0x8a : 10, duration >> 8, duration & 255]);
    this.send(101, packet(160, false), start, true);
    const at = performance.now();
    for (let i = 2; i <= 5; i++) setTimeout(() => this.send(101, packet(i * 160, i === 5), start, false), (i - 1) * 20);
    return at;
  }

  close(): void {
    this.target = undefined;
    this.wire.close();
  }

  private send(payloadType: number, payload: Buffer, timestamp: number, marker: boolean): void {
    if (!this.target) return;
    const bytes = Buffer.allocUnsafe(12 + payload.length);
    bytes[0] = 0x80;
    bytes[1] = payloadType | (marker ? 0x80 : 0);
    bytes.writeUInt16BE(this.sequence++ & 0xffff, 2);
    bytes.writeUInt32BE(timestamp >>> 0, 4);
    bytes.writeUInt32BE(this.ssrc, 8);
    payload.copy(bytes, 12);
    this.wire.send(bytes, this.target);
  }

  private take(bytes: Buffer): void {
    if (bytes.length < 172) return;
    const at = performance.now();
    const timestamp = bytes.readUInt32BE(4);
    this.received++;
    if (((timestamp - this.lastTimestamp) | 0) === 160) this.jitter.push(Math.abs(at - this.lastAt - 20));
    this.lastAt = at;
    this.lastTimestamp = timestamp;
    this.onPacket?.(at, bytes[92]!);
  }
}
