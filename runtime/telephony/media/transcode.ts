import { decodeTable, encode, type Law } from "../../audio/g711.ts";

const tables: Record<Law, Uint8Array> = { ulaw: encode("alaw", decodeTable("ulaw")), alaw: encode("ulaw", decodeTable("alaw")) };

/** Code bytes of `from` as the other law; the same bytes when nothing is to be done. */
export function transcode(codes: Uint8Array, from: Law, to: Law): Uint8Array {
  if (from === to) return codes;
  const table = tables[from];
  const out = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = table[codes[i]!]!;
  return out;
}

/** Turns the codes of `from` between two places into those of the other law. */
export function transcodeInPlace(bytes: Uint8Array, begin: number, end: number, from: Law): void {
  const table = tables[from];
  for (let i = begin; i < end; i++) bytes[i] = table[bytes[i]!]!;
}
