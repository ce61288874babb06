import { createHash } from "node:crypto";
import { accessSync, constants, rmSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PreparedPrompt } from "../audio/prepare-prompt.ts";

export type MemoryPrompts = {
  find(hash: string): { path: string; ms: number } | null;
  keep(hash: string, prompt: PreparedPrompt): Promise<{ path: string; ms: number }>;
  stop(): void;
};

/** Memory that looks like a disk (tmpfs) where the system has it, else the folder for temporary files. */
function memoryFolder(): string {
  try {
    accessSync("/dev/shm", constants.W_OK);
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}

/**
 * Prompts that must not stay: what was said to one caller, and what a stand-in voice said. They lie in memory while the
 * server runs, the least recently used ones go first. What a crash left of the same data folder is dropped at the start.
 */
export function memoryPrompts(data: string, maxBytes: number, folder = memoryFolder()): MemoryPrompts {
  const dir = join(folder, `sufler-${createHash("sha256").update(data).digest("hex").slice(0, 16)}`);
  rmSync(dir, { recursive: true, force: true });
  /** In the order of use. */
  const kept = new Map<string, { path: string; ms: number; bytes: number }>();
  let total = 0;

  async function evict(newest: string): Promise<void> {
    for (const [hash, { path, bytes }] of kept) {
      if (total <= maxBytes || hash === newest) return;
      kept.delete(hash);
      total -= bytes;
      await Promise.all([rm(`${path}.ulaw`, { force: true }), rm(`${path}.alaw`, { force: true })]);
    }
  }

  return {
    find(hash) {
      const found = kept.get(hash);
      if (!found) return null;
      kept.delete(hash);
      kept.set(hash, found);
      return { path: found.path, ms: found.ms };
    },
    async keep(hash, { ulaw, alaw, ms }) {
      const path = join(dir, hash);
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await Promise.all([writeFile(`${path}.ulaw`, ulaw, { mode: 0o600 }), writeFile(`${path}.alaw`, alaw, { mode: 0o600 })]);
      const bytes = ulaw.length + alaw.length;
      total += bytes - (kept.get(hash)?.bytes ?? 0);
      kept.set(hash, { path, ms, bytes });
      await evict(hash);
      return { path, ms };
    },
    stop() {
      kept.clear();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
