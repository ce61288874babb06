import { api } from "../api/index.ts";
import { sound } from "./sound.ts";

let current: { stop(): void } | null = null;

/** Plays one text or recording in the page: the same audio that callers hear. */
export async function listen(what: { text: string; language: string } | { audio: string }): Promise<void> {
  current?.stop();
  const hash = "audio" in what ? what.audio : (await api.speak(plainText(what.text), what.language)).hash;
  current = sound.play(await sound.load(hash), 0);
}

/** Places for values are read out as an ellipsis: only a call knows them. */
const plainText = (text: string): string => text.replaceAll(/\{\{.*?\}\}/gs, "…");
