import type { promptFiles } from "./prompt-files.ts";

export type LeastRecentlyUsed = {
  touch(hash: string): void;
  /** Counts a new prompt and removes the oldest ones until all fit; the new one stays even when it alone is too large. */
  add(hash: string, bytes: number): Promise<void>;
};

type Options = { files: ReturnType<typeof promptFiles>; maxBytes: number; log?: ((message: string) => void) | undefined };

/** Bookkeeping of synthesised prompts; reads the folder once, at the first `add`. */
export function leastRecentlyUsed({ files, maxBytes, log }: Options): LeastRecentlyUsed {
  /** A Map keeps insertion order: the first is the oldest. */
  const sizes = new Map<string, number>();
  const touchedThisRun = new Set<string>();
  let total = 0;
  let loaded: Promise<void> | undefined;

  async function load(): Promise<void> {
    const recent = [...sizes];
    sizes.clear();
    for (const { hash, kind, bytes } of await files.list()) if (kind === "speech") sizes.set(hash, bytes);
    for (const [hash, bytes] of recent) moveToEnd(hash, sizes.get(hash) ?? bytes);
    total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  function moveToEnd(hash: string, bytes: number): void {
    sizes.delete(hash);
    sizes.set(hash, bytes);
  }

  async function evict(newest: string): Promise<void> {
    for (const [hash, bytes] of sizes) {
      if (total <= maxBytes || hash === newest) return;
      sizes.delete(hash);
      total -= bytes;
      log?.(`prompt cache: removing ${hash.slice(0, 12)} (${bytes} bytes)`);
      await files.remove(hash);
    }
  }

  return {
    touch(hash) {
      const bytes = sizes.get(hash);
      if (bytes !== undefined) moveToEnd(hash, bytes);
      // Once a run is enough for the order after a restart; a write at every play is not.
      if (touchedThisRun.has(hash)) return;
      touchedThisRun.add(hash);
      void files.touch(hash);
    },
    async add(hash, bytes) {
      await (loaded ??= load());
      total += bytes - (sizes.get(hash) ?? 0);
      moveToEnd(hash, bytes);
      await evict(hash);
    },
  };
}
