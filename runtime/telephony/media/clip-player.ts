import type { Law } from "../../audio/g711.ts";

/** Plays pre-encoded clips back to back, frame by frame. */
export class ClipPlayer {
  readonly id: string;
  readonly law: Law;
  private readonly clips: readonly Buffer[];
  private readonly loop: boolean;
  private index = 0;
  private offset = 0;
  private sent = 0;

  constructor(id: string, clips: readonly Buffer[], law: Law, loop: boolean) {
    this.id = id;
    this.law = law;
    this.clips = clips.filter((clip) => clip.length > 0);
    this.loop = loop && this.clips.length > 0;
  }

  /** Fills the frame from `begin` on; gives where the clips ended in it. */
  fill(frame: Uint8Array, begin = 0): number {
    let at = begin;
    while (at < frame.length && !this.done) {
      const clip = this.clips[this.index]!;
      const length = Math.min(frame.length - at, clip.length - this.offset);
      clip.copy(frame, at, this.offset, this.offset + length);
      at += length;
      this.offset += length;
      if (this.offset >= clip.length) this.advance();
    }
    this.sent += at - begin;
    return at;
  }

  /** Passes over samples that can no longer be sent. */
  skip(samples: number): void {
    let left = samples;
    while (left > 0 && !this.done) {
      const part = Math.min(left, this.clips[this.index]!.length - this.offset);
      this.offset += part;
      left -= part;
      if (this.offset >= this.clips[this.index]!.length) this.advance();
    }
  }

  get done(): boolean {
    return this.index >= this.clips.length;
  }

  /** Milliseconds really sent. */
  get ms(): number {
    return Math.round(this.sent / 8);
  }

  private advance(): void {
    this.offset = 0;
    this.index++;
    if (this.loop && this.index >= this.clips.length) this.index = 0;
  }
}
