import { open, type FileHandle } from "node:fs/promises";
import { wavHeader } from "./wav-header.ts";

const CHUNK = 32_768;
const MAX_PENDING = 4 << 20;

/** Streams PCM16 8 kHz to a WAV file: in chunks, in order, with bounded memory; the header is put right at the end. */
export class WavWriter {
  private readonly channels: 1 | 2;
  private readonly handle: Promise<FileHandle>;
  private queue: Promise<void>;
  private chunk = Buffer.allocUnsafe(CHUNK);
  private filled = 0;
  private pending = 0;
  private written = 0;
  private error: unknown;

  constructor(file: string, channels: 1 | 2) {
    this.channels = channels;
    this.handle = open(file, "w");
    this.queue = this.handle.then(async (handle) => void (await handle.write(wavHeader(this.channels, 0), 0, 44, 0)));
    this.queue.catch((error: unknown) => (this.error ??= error));
  }

  /** Adds samples (interleaved when stereo). False once writing has failed. */
  write(samples: Int16Array): boolean {
    for (let i = 0; i < samples.length; i++) {
      this.chunk.writeInt16LE(samples[i]!, this.filled);
      this.filled += 2;
      if (this.filled === CHUNK) this.flush();
    }
    return this.error === undefined;
  }

  /** Writes what is left and the true lengths. Rejects when any of it failed. */
  async close(): Promise<void> {
    this.flush();
    await this.queue.catch((error: unknown) => (this.error ??= error));
    const handle = await this.handle.catch(() => undefined);
    try {
      if (handle && this.error === undefined) await handle.write(wavHeader(this.channels, this.written), 0, 44, 0);
    } finally {
      await handle?.close();
    }
    if (this.error !== undefined) throw this.error;
  }

  private flush(): void {
    if (this.filled === 0 || this.error !== undefined) return;
    const bytes = this.chunk.subarray(0, this.filled);
    const position = 44 + this.written;
    this.written += bytes.length;
    this.pending += bytes.length;
    this.chunk = Buffer.allocUnsafe(CHUNK);
    this.filled = 0;
    if (this.pending > MAX_PENDING) this.error = new Error("the disk is too slow");
    this.queue = this.queue.then(async () => {
      await (await this.handle).write(bytes, 0, bytes.length, position);
      this.pending -= bytes.length;
    });
    this.queue.catch((error: unknown) => (this.error ??= error));
  }
}
