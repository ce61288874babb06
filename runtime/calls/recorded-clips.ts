import { readFile, rm, writeFile } from "node:fs/promises";
import type { Clip } from "../ports/telephony.ts";

/** What makes a phone prompt of a WAV file: `runtime/audio/prompt-worker.ts` fits. */
type Prepare = (source: Uint8Array) => Promise<{ ulaw: Uint8Array; alaw: Uint8Array; ms: number }>;

export type RecordedClips = {
  /** A recording on disk (its path without `.wav`) as a clip, made off this thread; null when it is not there or has no sound. */
  clip(path: string): Promise<Clip | null>;
  /** Deletes the files that `clip` created next to a recording; the recording is kept. */
  forget(path: string): Promise<void>;
};

/** Plays back a recording of a call: trimmed, at the loudness of prompts, in both laws, stored next to the recording. */
export function recordedClips(prepare: Prepare): RecordedClips {
  return {
    async clip(path) {
      try {
        const { ulaw, alaw, ms } = await prepare(await readFile(`${path}.wav`));
        if (ms === 0) return null;
        await Promise.all([writeFile(`${path}.ulaw`, ulaw), writeFile(`${path}.alaw`, alaw)]);
        return { path, ms };
      } catch {
        // Missing, empty or silent: the answering party hears only the words.
        return null;
      }
    },
    async forget(path) {
      await Promise.all([".ulaw", ".alaw"].map((law) => rm(path + law, { force: true })));
    },
  };
}
