import { AudioError } from "./audio-error.ts";

/** Decoded audio: mono, −1…1, at the rate of its source. */
export type Recording = { samples: Float32Array; sampleRate: number };

export const maxBytes = 20 * 1024 * 1024;
export const maxSeconds = 600;
export const lowestRate = 4000;
export const highestRate = 192_000;

/** Throws unless the sample rate is supported and the length is within the limit. */
export function checkLimits(sampleRate: number, length: number): void {
  if (!Number.isInteger(sampleRate) || sampleRate < lowestRate || sampleRate > highestRate) {
    throw new AudioError("unsupported", `sample rate ${sampleRate} Hz is outside ${lowestRate}–${highestRate} Hz`);
  }
  if (length > sampleRate * maxSeconds) throw new AudioError("too-long", `the recording is longer than ${maxSeconds / 60} minutes`);
}
