import { AudioError } from "./audio-error.ts";
import { encode } from "./g711.ts";
import { normalise, padEnd, toPcm16, trimSilence } from "./levels.ts";
import { decodeMp3, isMp3 } from "./mp3.ts";
import { checkLimits, maxBytes, type Recording } from "./recording.ts";
import { resampleTo8k } from "./resample.ts";
import { isWav, parseWav } from "./wav.ts";

/** What a synthesizer gives: PCM16 mono at its own rate. `goesOn`: the next prompt is of the same sentence. */
export type SpeechAudio = { samples: Int16Array; sampleRate: number; goesOn?: boolean };

export type PreparedPrompt = { pcm: Int16Array; ulaw: Uint8Array; alaw: Uint8Array; ms: number };

/** Part of every cache key: raise it when anything below changes how a prompt sounds. */
export const pipelineVersion = 1;

/** Engines cut their last sound off; the next prompt must not stick to it. */
const speechPadMs = 200;
const insideSentenceMs = 60;

/** Makes a telephone prompt of an uploaded file (WAV or MP3) or of synthesised speech. Rejects with AudioError. */
export async function preparePrompt(source: Uint8Array | SpeechAudio): Promise<PreparedPrompt> {
  const uploaded = source instanceof Uint8Array;
  const recording = uploaded ? await readUpload(source) : readSpeech(source);
  // Resampling overshoots: levels come after it.
  const levelled = normalise(trimSilence(resampleTo8k(recording)));
  const pcm = toPcm16(uploaded ? levelled : padEnd(levelled, source.goesOn ? insideSentenceMs : speechPadMs));
  return { pcm, ulaw: encode("ulaw", pcm), alaw: encode("alaw", pcm), ms: Math.round(pcm.length / 8) };
}

async function readUpload(bytes: Uint8Array): Promise<Recording> {
  if (bytes.length === 0) throw new AudioError("empty", "the file is empty");
  if (bytes.length > maxBytes) throw new AudioError("too-large", `the file is larger than ${maxBytes / 1024 / 1024} MB`);
  if (!isWav(bytes) && !isMp3(bytes)) throw new AudioError("unknown-format", "not a WAV or MP3 file");
  const recording = isWav(bytes) ? parseWav(bytes) : await decodeMp3(bytes);
  if (recording.samples.length === 0) throw new AudioError("empty", "the file contains no audio");
  return recording;
}

function readSpeech({ samples, sampleRate }: SpeechAudio): Recording {
  checkLimits(sampleRate, samples.length);
  return { samples: Float32Array.from(samples, (sample) => sample / 32768), sampleRate };
}
