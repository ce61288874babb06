import type { DigitSource } from "../../ports/telephony.ts";

const SAME_PRESS_MS = 250;

/** One key, one report: a gateway may send the same press as tone, RFC 4733 event and INFO. */
export class DigitGate {
  private seen = false;
  private last: { digit: string; source: DigitSource; at: number } | undefined;

  /** Whether the far end has sent a telephone event: its tones are not keys from then on. */
  get eventsSeen(): boolean {
    return this.seen;
  }

  /** True when this key is news. */
  accepts(digit: string, source: DigitSource, at: number): boolean {
    if (source === "rfc4733") this.seen = true;
    // A far end that sends events does not need its tones heard.
    else if (source === "inband" && this.seen) return false;
    const { last } = this;
    if (last && last.digit === digit && last.source !== source && at - last.at < SAME_PRESS_MS) return false;
    this.last = { digit, source, at };
    return true;
  }
}
