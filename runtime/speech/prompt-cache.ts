import type { PreparedPrompt } from "../audio/prepare-prompt.ts";
import { promptWorker } from "../audio/prompt-worker.ts";
import { decode } from "../audio/g711.ts";
import { telephoneRate } from "../audio/resample.ts";
import { writeWav } from "../audio/wav.ts";
import type { SynthesisRequest, Synthesizer } from "../ports/speech.ts";
import { leastRecentlyUsed } from "./least-recently-used.ts";
import { type PromptNote, promptFiles } from "./prompt-files.ts";
import { speechKey, uploadKey } from "./prompt-key.ts";

/** `path` has no extension: it is the telephony port's `Clip.path`. */
export type CachedPrompt = { hash: string; path: string; ms: number };

/** `goesOn`: what is said next is of the same sentence, so hardly a pause follows. */
export type PromptText = { text: string; language: string; voice?: string; rate?: number; goesOn?: boolean };

export interface PromptCache {
  /** Rejects with SpeechUnavailable, or with AudioError when the engine gives more than ten minutes. */
  fromText(prompt: PromptText): Promise<CachedPrompt>;
  /** WAV or MP3. Rejects with AudioError. */
  fromUpload(bytes: Uint8Array): Promise<CachedPrompt>;
  find(hash: string): Promise<CachedPrompt | null>;
  /** WAV PCM16 8 kHz decoded from the µ-law bytes: what a caller hears. */
  wav(hash: string): Promise<Uint8Array | null>;
  /** What lies in the folder: uploaded recordings, and pieces of prompts that were never finished. */
  onDisk(): Promise<{ uploads: { hash: string; ms: number; at: number }[]; pieces: string[] }>;
  /** Ends the audio threads; the synthesizer belongs to whoever made it. */
  stop(): Promise<void>;
}

export type PromptCacheOptions = {
  dir: string;
  synthesizer: Synthesizer;
  /** Limit of synthesised prompts on disk (16 bytes a millisecond, both laws). Uploads are not counted and never evicted. */
  maxBytes: number;
  log?: (message: string) => void;
};

/** Prompts by content: made once, kept on disk, the least recently used synthesised ones dropped at the limit. */
export function promptCache({ dir, synthesizer, maxBytes, log }: PromptCacheOptions): PromptCache {
  const files = promptFiles(dir);
  // Two threads: a ten-minute upload takes seconds, and a caller is waiting for a sentence.
  const workers = { speech: promptWorker(), upload: promptWorker() };
  const making = new Map<string, Promise<CachedPrompt>>();
  const used = leastRecentlyUsed({ files, maxBytes, log });

  const cached = (hash: string, ms: number): CachedPrompt => ({ hash, path: files.pathOf(hash), ms });

  async function find(hash: string): Promise<CachedPrompt | null> {
    const note = await files.read(hash);
    if (!note) return null;
    if (note.kind === "speech") used.touch(hash);
    return cached(hash, note.ms);
  }

  /** Several callers asking for the same prompt wait for one making. */
  function once(hash: string, make: () => Promise<CachedPrompt>): Promise<CachedPrompt> {
    const running = making.get(hash);
    if (running) return running;
    const started = find(hash)
      .then((found) => found ?? make())
      .finally(() => making.delete(hash));
    making.set(hash, started);
    return started;
  }

  async function keep(hash: string, prompt: PreparedPrompt, note: Omit<PromptNote, "ms">): Promise<CachedPrompt> {
    await files.write(hash, prompt, { ms: prompt.ms, ...note });
    if (note.kind === "speech") await used.add(hash, prompt.ulaw.length + prompt.alaw.length);
    return cached(hash, prompt.ms);
  }

  return {
    find,
    fromText(prompt) {
      const request: SynthesisRequest = { text: tidy(prompt.text), language: prompt.language, voice: prompt.voice ?? "", rate: prompt.rate ?? 1 };
      const goesOn = prompt.goesOn ?? false;
      const hash = speechKey(synthesizer.id, request, goesOn);
      return once(hash, async () => {
        const speech = await synthesizer.synthesize(request);
        return keep(hash, await workers.speech.prepare({ ...speech, goesOn }), { kind: "speech", language: request.language });
      });
    },
    async fromUpload(bytes) {
      const hash = uploadKey(bytes);
      return once(hash, async () => keep(hash, await workers.upload.prepare(bytes), { kind: "upload", language: "" }));
    },
    async wav(hash) {
      if (!(await find(hash))) return null;
      const codes = await files.ulaw(hash).catch(() => null);
      return codes && writeWav(decode("ulaw", codes), telephoneRate);
    },
    async onDisk() {
      const uploads = (await files.list()).filter(({ kind }) => kind === "upload").map(({ hash, ms, usedAt }) => ({ hash, ms, at: Math.floor(usedAt) }));
      return { uploads, pieces: await files.pieces() };
    },
    async stop() {
      await Promise.all([workers.speech.stop(), workers.upload.stop()]);
    },
  };
}

/** Spaces and composed letters do not change how a text sounds, so they must not change its key. */
function tidy(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}
