/** Records what one far end says (voicemail): beep, then audio until silence, terminator, maximum or end. */
import type { LegEvent, RecordRequest } from "../../ports/telephony.ts";
import { JitterBuffer } from "./jitter-buffer.ts";
import { tone } from "./tones.ts";
import { WavWriter } from "./wav-writer.ts";

type Recorded = Extract<LegEvent, { type: "recorded" }>;
export type RecordEnd = Recorded["reason"];

const FRAME = 160;
const SPEECH_RMS = 300;
const BEEP_MS = 300;

export class VoiceRecorder {
  readonly request: RecordRequest;
  private readonly buffer = new JitterBuffer();
  private readonly writer: WavWriter;
  private readonly finished: (event: Recorded) => void;
  private beep: Int16Array;
  private samples = 0;
  private speech = 0;
  private quiet = 0;
  private over = false;

  constructor(request: RecordRequest, finished: (event: Recorded) => void) {
    this.request = request;
    this.finished = finished;
    this.writer = new WavWriter(request.file, 1);
    this.beep = request.beep ? tone([1000], BEEP_MS) : new Int16Array(0);
  }

  /** The next frame of the beep while it lasts. */
  takeBeep(): Int16Array | undefined {
    if (this.beep.length === 0) return undefined;
    const frame = this.beep.subarray(0, FRAME);
    this.beep = this.beep.subarray(FRAME);
    return frame;
  }

  push(timestamp: number, samples: Int16Array): void {
    if (this.beep.length === 0) this.buffer.push(timestamp, samples);
  }

  /** Each 20 ms. */
  tick(): void {
    if (this.over || this.beep.length > 0) return;
    const frame = this.buffer.pull(FRAME);
    const loud = rms(frame) >= SPEECH_RMS;
    this.quiet = loud ? 0 : this.quiet + 20;
    if (loud) this.speech += 20;
    if (!this.add(frame)) return this.end("failed");
    if (this.samples >= this.request.maxMs * 8) this.end("max");
    else if (this.request.silenceMs > 0 && this.quiet >= this.request.silenceMs) this.end("silence");
  }

  /** True when the digit ended the recording. */
  digit(digit: string): boolean {
    if (this.over || this.beep.length > 0 || !this.request.terminator.includes(digit)) return false;
    this.end("terminator", digit);
    return true;
  }

  /** Ends it; the event comes when the file is complete. */
  end(reason: RecordEnd, digit?: string): void {
    if (this.over) return;
    this.over = true;
    if (reason !== "max" && reason !== "silence" && this.samples > 0) this.add(this.buffer.pull(JitterBuffer.tail));
    const { id, file } = this.request;
    const tell = (final: RecordEnd) =>
      this.finished({
        type: "recorded",
        at: Date.now(),
        id,
        file,
        ms: Math.round(this.samples / 8),
        speechMs: this.speech,
        reason: final,
        ...(digit === undefined ? {} : { digit }),
      });
    this.writer.close().then(
      () => tell(reason),
      () => tell("failed"),
    );
  }

  private add(frame: Int16Array): boolean {
    const rest = this.request.maxMs * 8 - this.samples;
    const part = frame.length > rest ? frame.subarray(0, rest) : frame;
    this.samples += part.length;
    return this.writer.write(part);
  }
}

function rms(frame: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < frame.length; i++) sum += frame[i]! * frame[i]!;
  return Math.sqrt(sum / frame.length);
}
