/** Loudness and silence of 8 kHz mono audio, −1…1. */
const rate = 8000;
const frame = rate / 100;
const edge = rate / 50;

const targetRms = 10 ** (-20 / 20);
const peakLimit = 10 ** (-3 / 20);
/** Below the limit the signal is untouched; above it bends towards the limit. */
const knee = peakLimit * 0.7;
/** Maximum gain for quiet audio and noise. */
const maxGain = 10 ** (30 / 20);
/** −60 dBFS: below this level the audio is silent. */
const silence = 0.001;
/** A frame is sound when within 36 dB of the loudest, and counts for loudness when within 20 dB. */
const soundRatio = 10 ** (-36 / 20);
const voicedRatio = 10 ** (-20 / 20);

/** Trims silence at both ends to 20 ms. Silent audio is kept as an intended pause. */
export function trimSilence(samples: Float32Array): Float32Array {
  const levels = frameLevels(samples);
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  if (loudest < silence) return samples;
  const isSound = (level: number): boolean => level >= Math.max(loudest * soundRatio, silence);
  const start = Math.max(0, levels.findIndex(isSound) * frame - edge);
  const end = Math.min(samples.length, (levels.findLastIndex(isSound) + 1) * frame + edge);
  return samples.slice(start, end);
}

/** Brings the RMS of voiced frames to −20 dBFS and keeps peaks under −3 dBFS. */
export function normalise(samples: Float32Array): Float32Array {
  const rms = voicedRms(samples);
  if (rms < silence) return samples;
  const gain = Math.min(targetRms / rms, maxGain);
  return samples.map((sample) => limit(sample * gain));
}

/** Adds silence at the end. */
export function padEnd(samples: Float32Array, ms: number): Float32Array {
  const padded = new Float32Array(samples.length + Math.round((ms * rate) / 1000));
  padded.set(samples);
  return padded;
}

/** RMS over the frames within 20 dB of the loudest, so that pauses do not count. */
export function voicedRms(samples: Float32Array): number {
  const levels = frameLevels(samples);
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  const voiced = levels.filter((level) => level > 0 && level >= loudest * voicedRatio);
  if (voiced.length === 0) return 0;
  return Math.sqrt(voiced.reduce((sum, level) => sum + level * level, 0) / voiced.length);
}

/** −1…1 to 16 bit. */
export function toPcm16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767));
}

function frameLevels(samples: Float32Array): number[] {
  const levels: number[] = [];
  for (let at = 0; at < samples.length; at += frame) {
    const end = Math.min(at + frame, samples.length);
    let sum = 0;
    for (let i = at; i < end; i++) sum += samples[i]! * samples[i]!;
    levels.push(Math.sqrt(sum / (end - at)));
  }
  return levels;
}

function limit(sample: number): number {
  const size = Math.abs(sample);
  if (size <= knee) return sample;
  const room = peakLimit - knee;
  return Math.sign(sample) * (knee + room * Math.tanh((size - knee) / room));
}
