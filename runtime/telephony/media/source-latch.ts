import { isIPv4 } from "node:net";

/** Packets in a row that a source has to show before it is believed; from an address nobody has named: more. */
const NEAR_PROBATION = 5;
const FAR_PROBATION = 25;
/** A trusted source that is silent for this long may be replaced. */
const SILENCE_MS = 2_000;
/** Lost packets inside a row. */
const GAP = 3;
/** A series with a pause does not count. */
const ROW_MS = 500;
/** A row sent at once is a burst, not a stream. */
const SHORTEST_ROW_MS = 50;
const CANDIDATES = 4;

type Address = { address: string; port: number };
type Packet = { ssrc: number; sequence: number };
type Candidate = Address & Packet & { row: number; since: number; at: number };

/**
 * Symmetric RTP against strangers. The address of the SDP always wins. Another source (a phone behind NAT) is learned only on
 * probation: so many packets in a row from one address and SSRC, while the source believed so far is silent. Until then it is not heard,
 * its keys neither. An announced address that has not spoken yet has that silence to begin in, too, unless its owner is plainly behind
 * NAT: its SIP comes from another address. The addresses of the SDP and of the SIP peer are near; from any other the probation is longer, and a near one takes
 * the stream back from it.
 */
export class SourceLatch {
  private expected: Address | undefined;
  private near: string | undefined;
  private learned: Address | undefined;
  private heard = false;
  private quietSince = -Infinity;
  private readonly candidates = new Map<string, Candidate>();

  /** A new address by offer/answer; the same one again changes nothing. `near`: where the far end's SIP comes from. */
  expect(address: string, port: number, near?: string, at = performance.now()): void {
    this.near = near;
    if (this.expected?.address === address && this.expected.port === port) return;
    this.expected = { address, port };
    this.learned = undefined;
    this.heard = false;
    this.quietSince = at;
    this.candidates.clear();
  }

  /** True when a packet of this source, received at `at` (monotonic ms), is the far end's. */
  accepts(packet: Packet, address: string, port: number, at = performance.now()): boolean {
    const announced = same(this.expected, address, port);
    if (!announced && !same(this.learned, address, port) && !this.probation(packet, address, port, at)) return false;
    if (announced) this.learned = undefined;
    this.heard = true;
    this.quietSince = at;
    return true;
  }

  /** Where to send; nothing for a black hole (0.0.0.0) and, before something came, for a name or IPv6. */
  get target(): Address | undefined {
    const target = this.learned ?? this.expected;
    return target && target.port > 0 && isIPv4(target.address) && target.address !== "0.0.0.0" ? target : undefined;
  }

  /** The SDP's address while it is the one that is heard. */
  get announced(): Address | undefined {
    return this.learned || !this.heard ? undefined : this.expected;
  }

  private probation(packet: Packet, address: string, port: number, at: number): boolean {
    const row = this.row(packet, address, port, at);
    const near = this.isNear(address);
    const takesBack = near && this.learned !== undefined && !this.isNear(this.learned.address);
    if (row < (near ? NEAR_PROBATION : FAR_PROBATION)) return false;
    if (at - this.quietSince < SILENCE_MS && !takesBack && !this.isBehindNat(address)) return false;
    this.learned = { address, port };
    this.candidates.clear();
    return true;
  }

  /** Packets in a row from this source, this one included; 0 for a burst. */
  private row({ ssrc, sequence }: Packet, address: string, port: number, at: number): number {
    const key = `${address}:${port}`;
    const before = this.candidates.get(key);
    const step = before ? (sequence - before.sequence) & 0xffff : 0;
    const goesOn = before !== undefined && before.ssrc === ssrc && step >= 1 && step <= GAP && at - before.at <= ROW_MS;
    const row = goesOn ? before.row + 1 : 1;
    const since = goesOn ? before.since : at;
    if (!before && this.candidates.size >= CANDIDATES && !this.makeRoom(address, at)) return 0;
    this.candidates.set(key, { address, port, ssrc, sequence, row, since, at });
    return at - since < SHORTEST_ROW_MS ? 0 : row;
  }

  /** Strangers from many ports must not crowd out the one that is awaited. */
  private makeRoom(address: string, at: number): boolean {
    for (const [key, candidate] of this.candidates) {
      if (at - candidate.at <= ROW_MS && !(this.isNear(address) && !this.isNear(candidate.address))) continue;
      this.candidates.delete(key);
      return true;
    }
    return false;
  }

  /** Its SIP comes from here and its SDP names another address, which has not spoken: that one is of a private network. */
  private isBehindNat(address: string): boolean {
    return !this.heard && address === this.near && address !== this.expected?.address;
  }

  private isNear(address: string): boolean {
    return address === this.near || address === this.expected?.address;
  }
}

function same(known: Address | undefined, address: string, port: number): boolean {
  return known?.address === address && known.port === port;
}
