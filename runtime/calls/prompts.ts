import type { PlayItem } from "../../flows/commands.ts";
import type { Clip } from "../ports/telephony.ts";

/** What plays prompts needs of the prompt cache: `runtime/speech/prompt-cache.ts` fits. */
export type PromptSource = {
  fromText(prompt: { text: string; language: string }): Promise<{ hash: string; path: string; ms: number }>;
  find(hash: string): Promise<{ hash: string; path: string; ms: number } | null>;
};

/** Clips for what is to be said. Rejects when a text has no voice in time, or a recording is gone. */
export type Prompts = {
  clips(items: readonly PlayItem[]): Promise<Clip[]>;
  warm(items: readonly PlayItem[]): Promise<number>;
  ringback(): Promise<Clip | null>;
};

const liveDeadlineMs = 800;
const remembered = 5_000;

/** Recording, else cached render, else live synthesis within a deadline (speech.md §7). Known clips are answered from memory. */
export function callPrompts(source: PromptSource, ringback: () => Promise<Clip | null>): Prompts {
  const known = new Map<string, Clip>();
  const keyOf = (item: PlayItem) => item.audio ?? `${item.language}:${item.text}`;
  const remember = (item: PlayItem, clip: Clip) => {
    if (known.size >= remembered) known.delete(known.keys().next().value!);
    known.set(keyOf(item), clip);
    return clip;
  };

  async function load(item: PlayItem): Promise<Clip> {
    if (!item.audio) return remember(item, await source.fromText({ text: item.text, language: item.language }));
    const found = await source.find(item.audio);
    if (found) return remember(item, found);
    if (item.text) return remember(item, await source.fromText({ text: item.text, language: item.language }));
    throw new Error(`the recording of prompt "${item.prompt}" is gone`);
  }

  return {
    async clips(items) {
      const all = items.flatMap(pieces).map((item) => known.get(keyOf(item)) ?? load(item));
      if (all.every((clip) => !(clip instanceof Promise))) return all as Clip[];
      return deadline(Promise.all(all), liveDeadlineMs);
    },
    async warm(items) {
      let made = 0;
      for (const item of items)
        made += await load(item).then(
          () => 1,
          () => 0,
        );
      return made;
    },
    ringback,
  };
}

/** A long text piece by piece: the ones without variables are there already. */
const pieces = (item: PlayItem): PlayItem[] => item.pieces?.map((text) => ({ prompt: item.prompt, language: item.language, text })) ?? [item];

function deadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no audio within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
