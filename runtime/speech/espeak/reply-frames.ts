/**
 * The child's side of the conversation: a 12-byte header (id, sample rate, byte length; little-endian) and the bytes,
 * PCM16 mono. Sample rate 0 means that the bytes are an error text. Requests are JSON lines.
 */
export type EngineRequest = { id: number; text: string; voice: string; speed: number };
export type EngineReply = { id: number; sampleRate: number; bytes: Uint8Array };

const headerBytes = 12;
const maxReplyBytes = 64 * 1024 * 1024;

/** One reply as bytes for the pipe. */
export function encodeReply({ id, sampleRate, bytes }: EngineReply): Uint8Array {
  const frame = new Uint8Array(headerBytes + bytes.length);
  const view = new DataView(frame.buffer);
  [id, sampleRate, bytes.length].forEach((value, index) => view.setUint32(index * 4, value, true));
  frame.set(bytes, headerBytes);
  return frame;
}

/** Collects pipe chunks and gives whole replies; throws on a length no reply can have. */
export function replyReader(onReply: (reply: EngineReply) => void): (chunk: Uint8Array) => void {
  let parts: Uint8Array[] = [];
  let held = 0;
  let needed = headerBytes;

  return (chunk) => {
    parts.push(chunk);
    held += chunk.length;
    // Joined only when enough has come: a long reply arrives in hundreds of chunks.
    while (held >= needed) {
      const all = Buffer.concat(parts);
      const size = all.readUInt32LE(8);
      if (size > maxReplyBytes) throw new Error("the engine returned an invalid reply");
      needed = headerBytes + size;
      parts = [all];
      if (held < needed) return;
      // A copy: Int16Array needs an even offset.
      onReply({ id: all.readUInt32LE(0), sampleRate: all.readUInt32LE(4), bytes: Uint8Array.from(all.subarray(headerBytes, needed)) });
      parts = [all.subarray(needed)];
      held -= needed;
      needed = headerBytes;
    }
  };
}
