import type { PlayItem } from "../../flows/commands.ts";
import { api } from "../api/index.ts";
import { sound } from "./sound.ts";

/** Sound of one item, or null when nobody can say it (then it lasts as long as its text). */
export type Heard = { ms: number; buffer: AudioBuffer } | null;

const known = new Map<string, Heard>();
const asked = new Map<string, Promise<Heard>>();
const patienceMs = 6_000;

const keyOf = (item: PlayItem): string => item.audio ?? `${item.language}:${item.text}`;

export const heardOf = (item: PlayItem): Heard | undefined => known.get(keyOf(item));

/** Fetches the sound of an item once; silent when the server cannot, so that the phone works without it. */
export function hear(item: PlayItem): Promise<Heard> {
  const key = keyOf(item);
  let promise = asked.get(key);
  if (!promise) {
    promise = Promise.race([fetchSound(item), new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs))]).catch(() => null);
    void promise.then((heard) => {
      known.set(key, heard);
      if (!heard) asked.delete(key);
    });
    asked.set(key, promise);
  }
  return promise;
}

async function fetchSound(item: PlayItem): Promise<Heard> {
  const hash = item.audio ?? (await api.speak(item.text, item.language)).hash;
  const buffer = await sound.load(hash);
  return { ms: Math.round(buffer.duration * 1000), buffer };
}
