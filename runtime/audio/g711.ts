/**
 * G.711 (ITU-T G.711, 1988) by table. Decoding follows the standard's 256 values; encoding picks the
 * nearest of them, so encode(decode(code)) is the same value for every code of both laws.
 */
export type Law = "ulaw" | "alaw";

function decodeUlaw(code: number): number {
  const c = ~code & 0xff;
  const magnitude = ((((c & 0x0f) << 3) + 0x84) << ((c & 0x70) >> 4)) - 0x84;
  return c & 0x80 ? -magnitude : magnitude;
}

function decodeAlaw(code: number): number {
  const c = code ^ 0x55;
  const exponent = (c & 0x70) >> 4;
  const base = ((c & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? base : (base + 0x100) << (exponent - 1);
  return c & 0x80 ? magnitude : -magnitude;
}

const decodeTables: Record<Law, Int16Array> = {
  ulaw: Int16Array.from({ length: 256 }, (_, code) => decodeUlaw(code)),
  alaw: Int16Array.from({ length: 256 }, (_, code) => decodeAlaw(code)),
};

/** 65,536 entries indexed by the sample as unsigned 16 bit. */
function buildEncodeTable(decoded: Int16Array): Uint8Array {
  const codes = Array.from(decoded.keys()).sort((a, b) => decoded[a]! - decoded[b]!);
  const table = new Uint8Array(65536);
  let nearest = 0;
  for (let sample = -32768; sample <= 32767; sample++) {
    while (nearest + 1 < codes.length && distance(nearest + 1, sample) <= distance(nearest, sample)) nearest++;
    table[sample & 0xffff] = codes[nearest]!;
  }
  return table;

  function distance(index: number, sample: number): number {
    return Math.abs(decoded[codes[index]!]! - sample);
  }
}

const encodeTables: Record<Law, Uint8Array> = {
  ulaw: buildEncodeTable(decodeTables.ulaw),
  alaw: buildEncodeTable(decodeTables.alaw),
};

/** The code of digital silence: 0xff (µ-law) or 0xd5 (A-law). */
export const silenceCode: Record<Law, number> = { ulaw: 0xff, alaw: 0xd5 };

/** The 256 PCM16 values of a law, indexed by code. */
export function decodeTable(law: Law): Int16Array {
  return decodeTables[law];
}

/** Code bytes to PCM16 samples at the same rate. */
export function decode(law: Law, codes: Uint8Array): Int16Array {
  const table = decodeTables[law];
  const samples = new Int16Array(codes.length);
  for (let i = 0; i < codes.length; i++) samples[i] = table[codes[i]!]!;
  return samples;
}

/** PCM16 samples to code bytes at the same rate. */
export function encode(law: Law, samples: Int16Array): Uint8Array {
  const table = encodeTables[law];
  const codes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) codes[i] = table[samples[i]! & 0xffff]!;
  return codes;
}
