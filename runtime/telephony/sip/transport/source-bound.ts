import { elapsed, type Clock } from "../../../ports/clock.ts";

/** Token bucket per source address: bounds the new requests one source may make. */
export class SourceBound {
  private readonly clock: Clock;
  private readonly perSecond: number;
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock, perSecond: number) {
    this.clock = clock;
    this.perSecond = perSecond;
  }

  /** Takes a token; false when the source is too fast. */
  allows(address: string): boolean {
    const now = elapsed(this.clock);
    const burst = this.perSecond * 2;
    let bucket = this.buckets.get(address);
    if (!bucket) {
      if (this.buckets.size >= 10_000) this.buckets.clear();
      bucket = { tokens: burst, at: now };
      this.buckets.set(address, bucket);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * this.perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
