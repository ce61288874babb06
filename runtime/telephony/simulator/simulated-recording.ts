import { writeFileSync } from "node:fs";
import type { Clock } from "../../ports/clock.ts";
import type { LegEvent, RecordRequest } from "../../ports/telephony.ts";
import { wavHeader } from "../media/wav-header.ts";

type Recorded = Extract<LegEvent, { type: "recorded" }>;

/** A recording whose speech is what the far end's `speak` said; the file is silence of the right length. */
export class SimulatedRecording {
  readonly request: RecordRequest;
  private readonly clock: Clock;
  private readonly speech: readonly { from: number; to: number }[];
  private readonly finished: (event: Recorded) => void;
  private readonly from: number;
  private readonly cancels: (() => void)[] = [];
  private stopSilence: () => void = () => {};
  private over = false;

  constructor(request: RecordRequest, clock: Clock, speech: readonly { from: number; to: number }[], finished: (event: Recorded) => void) {
    this.request = request;
    this.clock = clock;
    this.speech = speech;
    this.finished = finished;
    this.from = clock.now();
    this.cancels.push(clock.after(request.maxMs, () => this.end("max")));
    this.spoken();
  }

  /** Speech was added: silence is counted from its end. */
  spoken(): void {
    this.stopSilence();
    if (this.request.silenceMs <= 0) return;
    const last = Math.max(this.from, ...this.speech.map((part) => part.to));
    this.stopSilence = this.clock.after(last + this.request.silenceMs - this.clock.now(), () => this.end("silence"));
  }

  digit(digit: string): void {
    if (this.request.terminator.includes(digit)) this.end("terminator", digit);
  }

  end(reason: Recorded["reason"], digit?: string): void {
    if (this.over) return;
    this.over = true;
    for (const cancel of [...this.cancels, this.stopSilence]) cancel();
    const at = this.clock.now();
    const ms = Math.min(at - this.from, this.request.maxMs);
    const data = Buffer.alloc(ms * 16);
    const { id, file } = this.request;
    let final = reason;
    try {
      writeFileSync(file, Buffer.concat([wavHeader(1, data.length), data]));
    } catch {
      final = "failed";
    }
    this.finished({ type: "recorded", at, id, file, ms, speechMs: this.speechMs(at), reason: final, ...(digit === undefined ? {} : { digit }) });
  }

  private speechMs(to: number): number {
    return this.speech.reduce((sum, part) => sum + Math.max(0, Math.min(part.to, to) - Math.max(part.from, this.from)), 0);
  }
}
