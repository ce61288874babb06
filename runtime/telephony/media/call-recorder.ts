import { JitterBuffer } from "./jitter-buffer.ts";
import { WavWriter } from "./wav-writer.ts";

const FRAME = 160;

/** Whole-call recording: left what the far end says, right what it hears. */
export class CallRecorder {
  private readonly received = new JitterBuffer();
  private readonly sent = new JitterBuffer();
  private readonly writer: WavWriter;

  constructor(file: string) {
    this.writer = new WavWriter(file, 2);
  }

  pushReceived(timestamp: number, samples: Int16Array): void {
    this.received.push(timestamp, samples);
  }

  pushSent(timestamp: number, samples: Int16Array): void {
    this.sent.push(timestamp, samples);
  }

  /** Each 20 ms. False when the file cannot be written any more. */
  tick(length = FRAME): boolean {
    const left = this.received.pull(length);
    const right = this.sent.pull(length);
    const both = new Int16Array(length * 2);
    for (let i = 0; i < length; i++) {
      both[2 * i] = left[i]!;
      both[2 * i + 1] = right[i]!;
    }
    return this.writer.write(both);
  }

  close(): Promise<void> {
    this.tick(JitterBuffer.tail);
    return this.writer.close();
  }
}
