import { AudioError } from "./audio-error.ts";
import { decodeTable } from "./g711.ts";
import { checkLimits, type Recording } from "./recording.ts";

type Format = { tag: number; channels: number; sampleRate: number; blockAlign: number; bits: number };
type ReadSample = (view: DataView, offset: number) => number;

const tags = { pcm: 1, float: 3, alaw: 6, ulaw: 7, extensible: 0xfffe };
/** Programs that write to a pipe do not know the length and leave a size like 0x7fff0000 or 0xffffffff. */
const streamedSize = 0x7fff0000;

/** How one sample is read, by format tag and bits. */
const readers: Record<string, ReadSample> = {
  [`${tags.pcm}/8`]: (view, offset) => (view.getUint8(offset) - 128) / 128,
  [`${tags.pcm}/16`]: (view, offset) => view.getInt16(offset, true) / 32768,
  [`${tags.pcm}/24`]: (view, offset) => (view.getUint16(offset, true) + view.getInt8(offset + 2) * 65536) / 8388608,
  [`${tags.pcm}/32`]: (view, offset) => view.getInt32(offset, true) / 2147483648,
  [`${tags.float}/32`]: (view, offset) => {
    const value = view.getFloat32(offset, true);
    return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
  },
  [`${tags.alaw}/8`]: (view, offset) => decodeTable("alaw")[view.getUint8(offset)]! / 32768,
  [`${tags.ulaw}/8`]: (view, offset) => decodeTable("ulaw")[view.getUint8(offset)]! / 32768,
};

/** True when the bytes begin as a RIFF WAVE file. */
export function isWav(bytes: Uint8Array): boolean {
  return bytes.length >= 12 && ascii(bytes, 0) === "RIFF" && ascii(bytes, 8) === "WAVE";
}

/** Reads a WAV file: 8, 16, 24, 32-bit PCM, 32-bit float, G.711; mono, or stereo mixed down. */
export function parseWav(bytes: Uint8Array): Recording {
  if (!isWav(bytes)) throw new AudioError("unknown-format", "not a WAV file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = ascii(bytes, at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    const left = bytes.length - start;
    if (id === "data") {
      if (!format) throw new AudioError("corrupt", "the data chunk comes before the fmt chunk");
      if (size > left && size < streamedSize) throw new AudioError("corrupt", "the data chunk is truncated");
      return readData(view, format, start, Math.min(size, left));
    }
    if (size > left) throw new AudioError("corrupt", `the ${JSON.stringify(id)} chunk is truncated`);
    if (id === "fmt ") format = readFormat(view, start, size);
    // Chunks are padded to an even length.
    at = start + size + (size % 2);
  }
  throw new AudioError("corrupt", "no data chunk");
}

/** A WAV file of PCM16 mono. */
export function writeWav(samples: Int16Array, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF    WAVEfmt "), 0);
  view.setUint32(4, 36 + samples.length * 2, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, tags.pcm, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  bytes.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, samples.length * 2, true);
  for (let i = 0; i < samples.length; i++) view.setInt16(44 + i * 2, samples[i]!, true);
  return bytes;
}

function readFormat(view: DataView, start: number, size: number): Format {
  if (size < 16) throw new AudioError("corrupt", "the fmt chunk is too short");
  const format: Format = {
    tag: view.getUint16(start, true),
    channels: view.getUint16(start + 2, true),
    sampleRate: view.getUint32(start + 4, true),
    blockAlign: view.getUint16(start + 12, true),
    bits: view.getUint16(start + 14, true),
  };
  // WAVE_FORMAT_EXTENSIBLE: the real tag is the start of the sub-format GUID.
  if (format.tag === tags.extensible && size >= 26) format.tag = view.getUint16(start + 24, true);
  if (format.channels < 1 || format.channels > 2) throw new AudioError("unsupported", `${format.channels} channels; only mono and stereo are supported`);
  if (!readers[`${format.tag}/${format.bits}`]) throw new AudioError("unsupported", `WAV format ${format.tag} with ${format.bits} bits is not supported`);
  if (format.blockAlign !== (format.channels * format.bits) / 8) throw new AudioError("corrupt", "the fmt chunk is inconsistent");
  return format;
}

function readData(view: DataView, { tag, channels, sampleRate, blockAlign, bits }: Format, start: number, size: number): Recording {
  const length = Math.floor(size / blockAlign);
  checkLimits(sampleRate, length);
  const read = readers[`${tag}/${bits}`]!;
  const samples = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const offset = start + i * blockAlign;
    samples[i] = channels === 1 ? read(view, offset) : (read(view, offset) + read(view, offset + bits / 8)) / 2;
  }
  return { samples, sampleRate };
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
