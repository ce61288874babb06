import { isIPv4 } from "node:net";

const LATCH_MS = 5_000;

type Address = { address: string; port: number };

/**
 * Symmetric RTP: we send to where the far end really sends from. The first source is believed; another
 * one only with a new SSRC in the first seconds, or when it is the address of the SDP. Else it is injection.
 */
export class SourceLatch {
  private expected: Address | undefined;
  private latched: (Address & { ssrc: number }) | undefined;
  private until = 0;

  /** A new address by offer/answer; the same one again changes nothing. */
  expect(address: string, port: number): void {
    if (this.expected?.address === address && this.expected.port === port) return;
    this.expected = { address, port };
    this.latched = undefined;
    this.until = performance.now() + LATCH_MS;
  }

  /** True when a packet of this source is the far end's. */
  accepts(ssrc: number, address: string, port: number): boolean {
    const { latched } = this;
    if (latched && latched.address === address && latched.port === port) {
      latched.ssrc = ssrc;
      return true;
    }
    const announced = this.expected?.address === address && this.expected.port === port;
    const early = performance.now() < this.until;
    if (latched && !announced && !(early && latched.ssrc !== ssrc)) return false;
    this.latched = { ssrc, address, port };
    return true;
  }

  /** Where to send; nothing for a black hole (0.0.0.0) and, before something came, for a name or IPv6. */
  get target(): Address | undefined {
    const target = this.latched ?? this.expected;
    return target && target.port > 0 && isIPv4(target.address) && target.address !== "0.0.0.0" ? target : undefined;
  }
}
