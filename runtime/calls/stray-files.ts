import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Store } from "../ports/store.ts";
import { fileName } from "./run-call.ts";

/** Files without a row, and rows without a file; paths are relative to the data folder. */
export type StrayFiles = { unknown: string[]; missing: string[] };
/** What lies in the folder of prompts: recordings that were uploaded, and pieces of something that was never finished. */
export type PromptsOnDisk = { uploads: { hash: string; ms: number; at: number }[]; pieces: string[] };

type Deps = { store: Pick<Store, "calls" | "uploads">; recordings: string; prompts: { onDisk(): Promise<PromptsOnDisk> } };

/** Compares the disk with the store. Calls that are going on are left out. */
export async function strayFiles({ store, recordings, prompts }: Deps): Promise<StrayFiles> {
  const unknown: string[] = [];
  const missing: string[] = [];
  for (const id of await readdir(recordings).catch(() => [])) {
    const call = await store.calls.find(id);
    if (call && call.endedAt === null) continue;
    const listed = new Set<string>((call?.recordings ?? []).map((recording) => `${fileName(recording.recording)}.wav`));
    const there: string[] = await readdir(join(recordings, id)).catch(() => []);
    unknown.push(...there.filter((name) => !listed.has(name)).map((name) => `recordings/${id}/${name}`));
    missing.push(...[...listed].filter((name) => !there.includes(name)).map((name) => `recordings/${id}/${name}`));
  }
  const { uploads, pieces } = await prompts.onDisk();
  const rows = await store.uploads.all();
  const known = new Set(rows.map((row) => row.hash));
  const held = new Set(uploads.map((upload) => upload.hash));
  unknown.push(...uploads.filter(({ hash }) => !known.has(hash)).map(({ hash }) => `prompts/${hash}`), ...pieces.map((name) => `prompts/${name}`));
  missing.push(...rows.filter(({ hash }) => !held.has(hash)).map(({ hash }) => `prompts/${hash}`));
  return { unknown: unknown.toSorted(), missing: missing.toSorted() };
}

/** An uploaded recording whose row was not written (a crash in between) gets one, without a title. How many. */
export async function adoptUploads({ store, prompts }: Pick<Deps, "store" | "prompts">): Promise<number> {
  const known = new Set((await store.uploads.all()).map((row) => row.hash));
  const found = (await prompts.onDisk()).uploads.filter(({ hash }) => !known.has(hash));
  for (const { hash, ms, at } of found) await store.uploads.put({ hash, title: "", ms, createdAt: at });
  return found.length;
}
