import { open } from "node:fs/promises";

const headerBytes = 44;

/**
 * Repairs the lengths in the header of a PCM16 8 kHz WAV file written by `wav-header.ts` if they are not
 * those of the file: a crash leaves zeros. Returns milliseconds of audio; null if it is another file or empty.
 */
export async function repairWav(path: string): Promise<{ ms: number; repaired: boolean } | null> {
  const file = await open(path, "r+").catch(() => null);
  if (!file) return null;
  try {
    const header = Buffer.alloc(headerBytes);
    const { bytesRead } = await file.read(header, 0, headerBytes, 0);
    const block = header.readUInt16LE(32);
    if (bytesRead < headerBytes || header.toString("latin1", 0, 4) !== "RIFF" || header.toString("latin1", 36, 40) !== "data" || block === 0) return null;
    const held = (await file.stat()).size - headerBytes;
    // The last sample may be half written.
    const whole = held - (held % block);
    const rate = header.readUInt32LE(24);
    if (whole === 0 || rate === 0) return null;
    const ms = Math.floor((whole / block / rate) * 1000);
    if (header.readUInt32LE(40) === whole && header.readUInt32LE(4) === whole + headerBytes - 8) return { ms, repaired: false };
    header.writeUInt32LE(whole + headerBytes - 8, 4);
    header.writeUInt32LE(whole, 40);
    await file.write(header, 0, headerBytes, 0);
    return { ms, repaired: true };
  } finally {
    await file.close();
  }
}
