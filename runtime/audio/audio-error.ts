export type AudioErrorCode = "empty" | "too-large" | "too-long" | "unknown-format" | "unsupported" | "corrupt" | "timeout";

/** What is wrong with somebody's audio, in words for the person who sent it. */
export class AudioError extends Error {
  override readonly name = "AudioError";
  readonly code: AudioErrorCode;

  constructor(code: AudioErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
