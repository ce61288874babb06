import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { repairWav } from "../audio/repair-wav.ts";
import type { CallResult, JournalLine } from "../../flows/result.ts";
import type { CallStore } from "../ports/store.ts";
import { fileName } from "./run-call.ts";

type Recording = CallResult["recordings"][number];

/** Files in a call's folder without a recording entry, left by a crash, with repaired lengths. Empty files are deleted. */
export async function cutRecordings(folder: string, known: readonly Recording[], at: number): Promise<JournalLine[]> {
  const names = await readdir(folder).catch(() => []);
  const listed = new Set(known.map((recording) => `${fileName(recording.recording)}.wav`));
  const lines: JournalLine[] = [];
  for (const name of names.toSorted()) {
    const path = join(folder, name);
    // Made for hearing a recording again in its call.
    if (/\.(ulaw|alaw)$/.test(name)) await rm(path, { force: true });
    if (!name.endsWith(".wav") || listed.has(name)) continue;
    const found = await repairWav(path);
    const id = name.slice(0, -".wav".length).replace(/\.(\d+)$/, "#$1");
    if (found)
      lines.push({ at, node: id.split("#")[0]!.replace(/^call(-\d+)?$/, ""), kind: "reply", data: { id, ms: found.ms, recording: id, late: true, cut: true } });
    else await rm(path, { force: true });
  }
  return lines;
}

/** The same for completed calls: adds missing files to the row. Returns the number of files. */
export async function adoptRecordings({ store, recordings, before }: { store: { calls: CallStore }; recordings: string; before: number }): Promise<number> {
  let adopted = 0;
  for (const id of await readdir(recordings).catch(() => [])) {
    const call = await store.calls.find(id);
    if (!call || call.endedAt === null || call.endedAt >= before) continue;
    const lines = await cutRecordings(join(recordings, id), call.recordings, call.endedAt);
    if (lines.length === 0) continue;
    const last = (await store.calls.journal(id)).at(-1)?.seq ?? 0;
    const stored = lines.map((line, index) => ({ ...line, callId: id, seq: last + index + 1 }));
    await store.calls.addRecordings(id, [...call.recordings, ...lines.map(recordingOf)], stored);
    adopted += lines.length;
  }
  return adopted;
}

const recordingOf = ({ node, data }: JournalLine): Recording => ({
  id: String(data?.["id"]),
  node,
  ms: Number(data?.["ms"]),
  recording: String(data?.["recording"]),
});
