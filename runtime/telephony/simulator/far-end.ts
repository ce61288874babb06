/** The other side of a simulated leg, in the hands of a test. */
import type { HangupCause } from "../../ports/telephony.ts";

export type HeardClip = { path: string; at: number; ms: number };

export interface FarEnd {
  readonly state: "calling" | "ringing" | "answered" | "ended";
  /** Why the call ended, once it has. */
  readonly cause: HangupCause | undefined;
  /** Clips in the order they began; `ms` is what was really heard of each. */
  readonly heard: readonly HeardClip[];
  /** Digits our side sent. */
  readonly digits: string;
  /** Set when our side asked for a blind transfer. */
  readonly referredTo: string | undefined;
  /** Presses a key. */
  press(digit: string): void;
  /** Speaks from now on for so long (counts as speech in recordings). */
  speak(ms: number): void;
  hangup(options?: { q850?: number }): void;
  /** Puts our side on hold or takes it back. */
  hold(held: boolean): void;
  /** What a REFER gets; 200 until set. */
  onRefer(sipStatus: number): void;
}
