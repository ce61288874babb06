import { AudioError } from "./audio-error.ts";
import { encode } from "./g711.ts";
import { normalise, padEnd, toPcm16, trimSilence } from "./levels.ts";
import { decodeMp3, isMp3 } from "./mp3.ts";
import { checkLimits, maxBytes, type Recording } from "./recording.ts";
import { resampleTo8k } from "./resample.ts";
import { isWav, parseWav } from "./wav.ts";

/** Synthesiser output: PCM16 mono at its own rate. `goesOn`: the next prompt belongs to the same sentence. */
export type SpeechAudio = { samples: Int16Array; sampleRate: number; goesOn?: boolean };

export type PreparedPrompt = { pcm: Int16Array; ulaw: Uint8Array; alaw: Uint8Array; ms: number };

/** Part of every cache key: increase it when a change below affects the audio of prompts. */
export const pipelineVersion = 1;

/** Engines cut off the end of speech; the next prompt must not follow without a pause. */
const speechPadMs = 200;
const insideSentenceMs = 60;

/** Converts an uploaded file (WAV or MP3) or synthesised speech to a phone prompt. Rejects with AudioError. */
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
