import type { PreparedPrompt } from "../audio/prepare-prompt.ts";
import { promptWorker } from "../audio/prompt-worker.ts";
import { decode } from "../audio/g711.ts";
import { telephoneRate } from "../audio/resample.ts";
import { writeWav } from "../audio/wav.ts";
import type { SynthesisRequest, Synthesizer } from "../ports/speech.ts";
import { leastRecentlyUsed } from "./least-recently-used.ts";
import { memoryPrompts, type MemoryPrompts } from "./memory-prompts.ts";
import { type PromptNote, promptFiles } from "./prompt-files.ts";
import { speechKey, uploadKey } from "./prompt-key.ts";

/** `path` has no extension: it is the telephony port's `Clip.path`. `passing`: it lies in memory and may go any time; ask again for the next call. */
export type CachedPrompt = { hash: string; path: string; ms: number; passing?: true };

/**
 * `goesOn`: what is said next is of the same sentence, so hardly a pause follows. `personal`: the text is for one caller;
 * its sound is not kept on disk (a text that is there already is used).
 */
export type PromptText = { text: string; language: string; voice?: string; rate?: number; goesOn?: boolean; personal?: boolean };

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
  /** Ends the audio threads; the synthesiser belongs to its creator. */
  stop(): Promise<void>;
}

export type PromptCacheOptions = {
  dir: string;
  synthesizer: Synthesizer;
  /** Limit of synthesised prompts on disk (16 bytes a millisecond, both laws). Uploads are not counted and never evicted. */
  maxBytes: number;
  /** For prompts that must not stay; by default in memory, 64 MB. */
  memory?: MemoryPrompts;
  log?: (message: string) => void;
};

const memoryBytes = 64 * 1024 * 1024;

/** Prompts by content: synthesised once and stored on disk; the least recently used ones are removed at the limit. */
export function promptCache({ dir, synthesizer, maxBytes, log, memory = memoryPrompts(dir, memoryBytes) }: PromptCacheOptions): PromptCache {
  const files = promptFiles(dir);
  // Two threads: a ten-minute upload takes seconds, and a caller is waiting for a sentence.
  const workers = { speech: promptWorker(), upload: promptWorker() };
  const sharing = shared<CachedPrompt>();
  const used = leastRecentlyUsed({ files, maxBytes, log });

  const cached = (hash: string, ms: number): CachedPrompt => ({ hash, path: files.pathOf(hash), ms });

  async function find(hash: string): Promise<CachedPrompt | null> {
    const note = await files.read(hash);
    if (!note) return null;
    if (note.kind === "speech") used.touch(hash);
    return cached(hash, note.ms);
  }

  const once = (key: string, hash: string, make: () => Promise<CachedPrompt>) => sharing(key, async () => (await find(hash)) ?? make());

  const passing = (hash: string, { path, ms }: { path: string; ms: number }): CachedPrompt => ({ hash, path, ms, passing: true });

  /** On disk; in memory what must not stay there, and what a full disk does not take. */
  async function keepSpeech(hash: string, request: SynthesisRequest, goesOn: boolean, personal: boolean): Promise<CachedPrompt> {
    const held = personal ? memory.find(hash) : null;
    if (held) return passing(hash, held);
    const speech = await synthesizer.synthesize(request);
    const prompt = await workers.speech.prepare({ samples: speech.samples, sampleRate: speech.sampleRate, goesOn });
    // Audio from a fallback voice is never stored under the name of the first voice, which is tried again next time.
    if (speech.standIn !== undefined) return passing(hash, await memory.keep(speechKey(speech.standIn, request, goesOn), prompt));
    if (personal) return passing(hash, await memory.keep(hash, prompt));
    try {
      return await keep(hash, prompt, { kind: "speech", language: request.language });
    } catch (error) {
      log?.(`prompt cache: a prompt cannot be stored on disk (${String(error)}); it is kept in memory`);
      return passing(hash, await memory.keep(hash, prompt));
    }
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
      // Asked for the disk and for memory at the same time: two makings, so that neither lands in the other's place.
      return once(prompt.personal ? `${hash} personal` : hash, hash, () => keepSpeech(hash, request, goesOn, prompt.personal ?? false));
    },
    async fromUpload(bytes) {
      const hash = uploadKey(bytes);
      return once(hash, hash, async () => keep(hash, await workers.upload.prepare(bytes), { kind: "upload", language: "" }));
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
      memory.stop();
    },
  };
}

/** Spaces and composed letters do not change how a text sounds, so they must not change its key. */
function tidy(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Several callers asking for the same prompt wait for one making. */
function shared<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const making = new Map<string, Promise<T>>();
  return (key, work) => {
    const running = making.get(key);
    if (running) return running;
    const started = work().finally(() => making.delete(key));
    making.set(key, started);
    return started;
  };
}
