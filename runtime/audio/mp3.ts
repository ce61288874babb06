import { MPEGDecoder } from "mpg123-decoder";
import { AudioError } from "./audio-error.ts";
import { checkLimits, type Recording } from "./recording.ts";

/** Fed in small pieces, so that a small file with hours of sound stops at the length limit. */
const feedBytes = 32 * 1024;

/** True when the bytes begin with an ID3 tag or a Layer III frame header. */
export function isMp3(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33) || isFrameHeader(bytes);
}

/** ISO 11172-3, 2.4.2.3: sync word, version, layer, bit rate index, sampling frequency. */
function isFrameHeader([sync = 0, second = 0, third = 0]: Uint8Array): boolean {
  if (sync !== 0xff || second < 0xe0) return false;
  const [version, layer, bitrate, rate] = [(second >> 3) & 3, (second >> 1) & 3, third >> 4, (third >> 2) & 3];
  return version !== 1 && layer === 1 && bitrate !== 15 && rate !== 3;
}

/** Decodes an MP3 file to mono. */
export async function decodeMp3(bytes: Uint8Array): Promise<Recording> {
  if (!isMp3(bytes)) throw new AudioError("unknown-format", "not an MP3 file");
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    return decodePieces(decoder, bytes);
  } catch (error) {
    if (error instanceof AudioError) throw error;
    throw new AudioError("corrupt", "the MP3 file cannot be decoded");
  } finally {
    decoder.free();
  }
}

function decodePieces(decoder: MPEGDecoder, bytes: Uint8Array): Recording {
  const pieces: Float32Array[] = [];
  let sampleRate = 0;
  let length = 0;
  for (let at = 0; at < bytes.length; at += feedBytes) {
    const decoded = decoder.decode(bytes.subarray(at, at + feedBytes));
    if (decoded.samplesDecoded === 0) continue;
    if (sampleRate !== 0 && decoded.sampleRate !== sampleRate) throw new AudioError("unsupported", "the sample rate changes inside the MP3 file");
    sampleRate = decoded.sampleRate;
    length += decoded.samplesDecoded;
    checkLimits(sampleRate, length);
    pieces.push(mixDown(decoded.channelData, decoded.samplesDecoded));
  }
  if (length === 0) throw new AudioError("corrupt", "the MP3 file contains no audio");
  return { samples: concatenate(pieces, length), sampleRate };
}

function mixDown([left, right]: Float32Array[], length: number): Float32Array {
  // The decoder may hand out views of its own memory: copy.
  const mono = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const value = right ? ((left?.[i] ?? 0) + right[i]!) / 2 : (left?.[i] ?? 0);
    mono[i] = Number.isFinite(value) ? value : 0;
  }
  return mono;
}

function concatenate(pieces: Float32Array[], length: number): Float32Array {
  const joined = new Float32Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
