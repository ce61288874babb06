import { readFile } from "node:fs/promises";
import type { Law } from "../../audio/g711.ts";
import { transcode } from "./transcode.ts";

const otherLaw: Record<Law, Law> = { ulaw: "alaw", alaw: "ulaw" };

/** Prompt files, pre-encoded, kept by least recent use within a number of bytes. */
export class ClipCache {
  private readonly maxBytes: number;
  private readonly ready = new Map<string, Buffer>();
  private readonly loading = new Map<string, Promise<Buffer>>();
  private bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** The clip's bytes at once when cached. */
  peek(path: string, law: Law): Buffer | undefined {
    const key = `${path}.${law}`;
    const found = this.ready.get(key);
    if (found) {
      this.ready.delete(key);
      this.ready.set(key, found);
    }
    return found;
  }

  /** Reads a clip; rejects when neither law is there. */
  load(path: string, law: Law): Promise<Buffer> {
    const cached = this.peek(path, law);
    if (cached) return Promise.resolve(cached);
    const key = `${path}.${law}`;
    const running = this.loading.get(key);
    if (running) return running;
    const reading = this.read(path, law).finally(() => this.loading.delete(key));
    this.loading.set(key, reading);
    return reading;
  }

  get size(): number {
    return this.bytes;
  }

  private async read(path: string, law: Law): Promise<Buffer> {
    const bytes = await readFile(`${path}.${law}`).catch(async (error: unknown) => {
      const other = await readFile(`${path}.${otherLaw[law]}`).catch(() => Promise.reject(error));
      return Buffer.from(transcode(other, otherLaw[law], law));
    });
    this.keep(`${path}.${law}`, bytes);
    return bytes;
  }

  private keep(key: string, bytes: Buffer): void {
    if (bytes.length > this.maxBytes) return;
    this.ready.set(key, bytes);
    this.bytes += bytes.length;
    for (const [oldest, old] of this.ready) {
      if (this.bytes <= this.maxBytes) break;
      this.ready.delete(oldest);
      this.bytes -= old.length;
    }
  }
}
