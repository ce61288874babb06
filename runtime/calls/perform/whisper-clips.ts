import type { PlayItem } from "../../../flows/commands.ts";
import type { Clip } from "../../ports/telephony.ts";
import type { CallHost } from "./performer.ts";

/** Clips of a whisper in order: synthesised words and the caller's recording. Unavailable clips are omitted. */
export async function whisperClips(items: readonly PlayItem[], call: Pick<CallHost, "prompts" | "recordedClip">): Promise<Clip[]> {
  const clips = items.map(async (item): Promise<Clip[]> => {
    if (!item.recording) return call.prompts.clips([item]).catch(() => []);
    const clip = await call.recordedClip(item.recording);
    return clip ? [clip] : [];
  });
  return (await Promise.all(clips)).flat();
}
