import { describe, expect, it } from "vitest";
import { AudioError, type AudioErrorCode } from "../../runtime/audio/audio-error.ts";
import { encode } from "../../runtime/audio/g711.ts";
import { parseWav, writeWav } from "../../runtime/audio/wav.ts";
import { sine } from "./sine.ts";
import { type WavShape, wavBytes } from "./wav-bytes.ts";

const tone = sine(440, 8000, 0.1);
const pcm16 = Int16Array.from(tone, (v) => Math.round(v * 32767));

function packed(bytesEach: number, write: (buffer: Buffer, value: number, at: number) => void, channels = 1): Uint8Array {
  const buffer = Buffer.alloc(tone.length * bytesEach * channels);
  for (let i = 0; i < tone.length * channels; i++) write(buffer, tone[Math.floor(i / channels)]!, i * bytesEach);
  return buffer;
}

const cases: { name: string; shape: Partial<WavShape>; data: Uint8Array; precision: number }[] = [
  { name: "8 bit", shape: { bits: 8 }, data: packed(1, (b, v, at) => b.writeUInt8(Math.round(v * 127) + 128, at)), precision: 0.01 },
  { name: "16 bit", shape: {}, data: packed(2, (b, v, at) => b.writeInt16LE(Math.round(v * 32767), at)), precision: 1e-4 },
  { name: "24 bit", shape: { bits: 24 }, data: packed(3, (b, v, at) => b.writeIntLE(Math.round(v * 8388607), at, 3)), precision: 1e-6 },
  { name: "32 bit", shape: { bits: 32 }, data: packed(4, (b, v, at) => b.writeInt32LE(Math.round(v * 2147483647), at)), precision: 1e-6 },
  { name: "float", shape: { tag: 3, bits: 32 }, data: packed(4, (b, v, at) => b.writeFloatLE(v, at)), precision: 1e-6 },
  { name: "µ-law", shape: { tag: 7, bits: 8 }, data: encode("ulaw", pcm16), precision: 0.02 },
  { name: "A-law", shape: { tag: 6, bits: 8 }, data: encode("alaw", pcm16), precision: 0.02 },
  { name: "stereo", shape: { channels: 2 }, data: packed(2, (b, v, at) => b.writeInt16LE(Math.round(v * 32767), at), 2), precision: 1e-4 },
  {
    name: "extensible with LIST",
    shape: { extensible: true, list: true },
    data: packed(2, (b, v, at) => b.writeInt16LE(Math.round(v * 32767), at)),
    precision: 1e-4,
  },
  {
    name: "streamed, size unknown",
    shape: { dataSize: 0xffffffff },
    data: packed(2, (b, v, at) => b.writeInt16LE(Math.round(v * 32767), at)),
    precision: 1e-4,
  },
];
const plain: WavShape = { tag: 1, bits: 16, channels: 1, sampleRate: 8000 };

function codeOf(bytes: Uint8Array): AudioErrorCode | undefined {
  try {
    parseWav(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(AudioError);
    return (error as AudioError).code;
  }
}

describe("parseWav", () => {
  it.each(cases)("$name", ({ shape, data, precision }) => {
    const { samples, sampleRate } = parseWav(wavBytes({ ...plain, ...shape }, data));
    expect(sampleRate).toBe(8000);
    expect(samples.length).toBe(tone.length);
    expect(Math.max(...samples.map((v, i) => Math.abs(v - tone[i]!)))).toBeLessThan(precision);
  });

  it("reads what writeWav writes, from the middle of a larger buffer too", () => {
    const padded = Buffer.concat([Buffer.from([1, 2, 3]), writeWav(pcm16, 16000)]);
    const { samples, sampleRate } = parseWav(new Uint8Array(padded.buffer, padded.byteOffset + 3, padded.length - 3));
    expect(sampleRate).toBe(16000);
    expect(Int16Array.from(samples, (v) => v * 32768)).toEqual(pcm16);
  });

  it("treats NaN in float files as silence", () => {
    const data = Buffer.alloc(8);
    data.writeFloatLE(NaN, 0);
    data.writeFloatLE(9, 4);
    expect([...parseWav(wavBytes({ ...plain, tag: 3, bits: 32 }, data)).samples]).toEqual([0, 1]);
  });

  it.each<[AudioErrorCode, string, Uint8Array]>([
    ["unknown-format", "text", new TextEncoder().encode("hello, this is text")],
    ["corrupt", "no data chunk", wavBytes(plain, new Uint8Array(0)).subarray(0, 36)],
    [
      "corrupt",
      "truncated",
      wavBytes(
        plain,
        packed(2, (b, v, at) => b.writeInt16LE(v * 9, at)),
      ).subarray(0, 100),
    ],
    ["unsupported", "six channels", wavBytes({ ...plain, channels: 6 }, new Uint8Array(24))],
    ["unsupported", "ADPCM", wavBytes({ ...plain, tag: 2, bits: 4 }, new Uint8Array(24))],
    ["unsupported", "1 Hz", wavBytes({ ...plain, sampleRate: 1 }, new Uint8Array(24))],
    ["too-long", "eleven minutes", wavBytes({ ...plain, bits: 8, sampleRate: 4000 }, new Uint8Array(4000 * 661))],
  ])("%s: %s", (code, _, bytes) => expect(codeOf(bytes)).toBe(code));
});
