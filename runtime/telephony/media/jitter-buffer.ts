import { timestampDistance } from "./rtp-packet.ts";

const CAPACITY = 8000;
const DELAY = 480;
const LOST = 1600;

/** Puts received audio back on its time line: 60 ms of delay, gaps are silence, jumps start anew. */
export class JitterBuffer {
  private readonly ring = new Int16Array(CAPACITY);
  private started = false;
  /** RTP timestamp of the next sample to be read. */
  private read = 0;

  /** Writes samples at their timestamp; what comes too late is dropped. */
  push(timestamp: number, samples: Int16Array): void {
    if (!this.started) this.restart(timestamp);
    let ahead = timestampDistance(timestamp, this.read);
    if (ahead < -LOST || ahead + samples.length > CAPACITY) {
      this.restart(timestamp);
      ahead = DELAY;
    }
    const start = this.read + ahead;
    for (let i = Math.max(0, -ahead); i < samples.length; i++) this.ring[(start + i) % CAPACITY] = samples[i]!;
  }

  /** Takes the next samples; silence where nothing came. */
  pull(length: number): Int16Array {
    const out = new Int16Array(length);
    if (!this.started) return out;
    for (let i = 0; i < length; i++) {
      const at = (this.read + i) % CAPACITY;
      out[i] = this.ring[at]!;
      this.ring[at] = 0;
    }
    this.read += length;
    return out;
  }

  /** Samples to pull after the end to empty the delay. */
  static readonly tail = DELAY;

  /** `read` is kept near 2^32 but above zero so that ring positions never go negative. */
  private restart(timestamp: number): void {
    this.started = true;
    this.read = timestamp - DELAY + 2 ** 32;
    this.ring.fill(0);
  }
}
