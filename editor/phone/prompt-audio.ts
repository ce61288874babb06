import type { PlayItem } from "../../flows/commands.ts";
import { sentenceGoesOn } from "../../flows/expressions/spoken-pieces.ts";
import { api } from "../api/index.ts";
import { sound } from "./sound.ts";

/** Sound of one item, or null when nobody can say it (then it lasts as long as its text). */
export type Heard = { ms: number; buffer: AudioBuffer } | null;

const known = new Map<string, Heard>();
const asked = new Map<string, Promise<Heard>>();
const patienceMs = 6_000;

const keyOf = (item: PlayItem): string => item.audio ?? `${item.language}:${item.text}`;

export const heardOf = (item: PlayItem): Heard | undefined => known.get(keyOf(item));

/** Fetches the audio of an item once; silent if the server has none, so that the Phone works without audio. */
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
  if (item.audio) return heard([await sound.load(item.audio)]);
  const pieces = item.pieces ?? [item.text];
  const spoken = await Promise.all(pieces.map((piece, at) => api.speak(piece, item.language, sentenceGoesOn(pieces, at))));
  return heard(await Promise.all(spoken.map(({ hash }) => sound.load(hash))));
}

/** Pieces of one text, one after another, as a call plays them. */
function heard(parts: readonly AudioBuffer[]): NonNullable<Heard> {
  const [first] = parts;
  if (!first) throw new Error("nothing to hear");
  if (parts.length === 1) return { ms: Math.round(first.duration * 1000), buffer: first };
  const buffer = new AudioBuffer({ length: parts.reduce((sum, part) => sum + part.length, 0), sampleRate: first.sampleRate });
  let at = 0;
  for (const part of parts) {
    buffer.copyToChannel(part.getChannelData(0), 0, at);
    at += part.length;
  }
  return { ms: Math.round(buffer.duration * 1000), buffer };
}
