import type { DigitSource } from "../../ports/telephony.ts";

const SAME_PRESS_MS = 250;

/** One key, one report: a gateway may send the same press as tone, RFC 4733 event and INFO. */
export class DigitGate {
  private events = false;
  private last: { digit: string; source: DigitSource; at: number } | undefined;

  /** True when this key is news. */
  accepts(digit: string, source: DigitSource, at: number): boolean {
    if (source === "rfc4733") this.events = true;
    // A far end that sends events does not need its tones heard.
    else if (source === "inband" && this.events) return false;
    const { last } = this;
    if (last && last.digit === digit && last.source !== source && at - last.at < SAME_PRESS_MS) return false;
    this.last = { digit, source, at };
    return true;
  }
}
