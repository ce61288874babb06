export type AudioErrorCode = "empty" | "too-large" | "too-long" | "unknown-format" | "unsupported" | "corrupt" | "timeout";

/** A problem with uploaded audio, with a message for the sender. */
export class AudioError extends Error {
  override readonly name = "AudioError";
  readonly code: AudioErrorCode;

  constructor(code: AudioErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
