import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { PreparedPrompt } from "../audio/prepare-prompt.ts";

export type PromptKind = "speech" | "upload";
export type PromptNote = { ms: number; kind: PromptKind; language: string };
export type StoredPrompt = PromptNote & { hash: string; bytes: number; usedAt: number };

const hashPattern = /^[0-9a-f]{64}$/;

/** Prompts on disk: `<dir>/aa/bb/<hash>` with .ulaw, .alaw and .json, which is written last and so vouches for the others. */
export function promptFiles(dir: string) {
  const pathOf = (hash: string): string => join(dir, hash.slice(0, 2), hash.slice(2, 4), hash);

  return {
    pathOf,

    /** The note of a complete prompt; null for anything else, whatever the hash looks like. */
    async read(hash: string): Promise<PromptNote | null> {
      if (!hashPattern.test(hash)) return null;
      try {
        const note = readNote(await readFile(`${pathOf(hash)}.json`, "utf8"));
        // After a power cut a renamed file may be shorter than its note says: make it again.
        const sizes = await Promise.all([".ulaw", ".alaw"].map(async (law) => (await stat(pathOf(hash) + law)).size));
        return note && sizes.every((size) => Math.round(size / 8) === note.ms) ? note : null;
      } catch {
        return null;
      }
    },

    ulaw: (hash: string): Promise<Uint8Array> => readFile(`${pathOf(hash)}.ulaw`),

    async write(hash: string, prompt: PreparedPrompt, note: PromptNote): Promise<void> {
      const path = pathOf(hash);
      await mkdir(dirname(path), { recursive: true });
      await Promise.all([put(`${path}.ulaw`, prompt.ulaw), put(`${path}.alaw`, prompt.alaw)]);
      await put(`${path}.json`, JSON.stringify(note));
    },

    async remove(hash: string): Promise<void> {
      const path = pathOf(hash);
      await rm(`${path}.json`, { force: true });
      await Promise.all([rm(`${path}.ulaw`, { force: true }), rm(`${path}.alaw`, { force: true })]);
    },

    /** Keeps the order of use over a restart. */
    async touch(hash: string): Promise<void> {
      const now = new Date();
      await utimes(`${pathOf(hash)}.json`, now, now).catch(() => {});
    },

    /** Files that belong to no complete prompt and are not being written now: names within the folder. */
    async pieces(olderThanMs = 60_000): Promise<string[]> {
      const names = (await readdir(dir, { recursive: true }).catch(() => [])).filter((name) => /\.(tmp|ulaw|alaw|json)$/.test(name));
      const whole = new Set((await this.list()).map(({ hash }) => pathOf(hash)));
      const found: string[] = [];
      for (const name of names) {
        const path = join(dir, name);
        if (whole.has(path.replace(/\.(ulaw|alaw|json)$/, "")) || !hashPattern.test(basename(name).split(".")[0]!)) continue;
        const file = await stat(path).catch(() => null);
        if (file && Date.now() - file.mtimeMs > olderThanMs) found.push(name);
      }
      return found;
    },

    /** Everything in the folder, least recently used first. */
    async list(): Promise<StoredPrompt[]> {
      const names = await readdir(dir, { recursive: true }).catch(() => []);
      const hashes = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(-69, -5));
      const found: StoredPrompt[] = [];
      for (const hash of hashes) {
        const note = await this.read(hash);
        const file = note && (await stat(`${pathOf(hash)}.json`).catch(() => null));
        if (note && file) found.push({ ...note, hash, bytes: note.ms * 16, usedAt: file.mtimeMs });
      }
      return found.sort((a, b) => a.usedAt - b.usedAt);
    },
  };
}

/** A reader sees the old file or the whole new one. */
async function put(path: string, data: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, data);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function readNote(text: string): PromptNote | null {
  const note = JSON.parse(text) as Partial<PromptNote>;
  if (typeof note.ms !== "number" || (note.kind !== "speech" && note.kind !== "upload")) return null;
  return { ms: note.ms, kind: note.kind, language: String(note.language ?? "") };
}
