import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "../audio/g711.ts";
import type { Clip } from "../ports/telephony.ts";

const rate = 8000;

/** The ringing tone a caller hears while leg B rings: 425 Hz, 1 s on, 4 s off (ITU-T E.180, Russia). Made once. */
export function ringbackTone(folder: string): () => Promise<Clip | null> {
  let made: Promise<Clip | null> | null = null;
  return () => (made ??= make(folder).catch(() => null));
}

async function make(folder: string): Promise<Clip> {
  const path = join(folder, "ringback");
  const samples = Int16Array.from({ length: rate * 5 }, (_, i) => (i < rate ? Math.round(3000 * Math.sin((2 * Math.PI * 425 * i) / rate)) : 0));
  await mkdir(folder, { recursive: true });
  for (const law of ["ulaw", "alaw"] as const) {
    await writeFile(`${path}.${law}.new`, encode(law, samples));
    await rename(`${path}.${law}.new`, `${path}.${law}`);
  }
  return { path, ms: 5000 };
}
