import type { PlayItem } from "../../flows/commands.ts";
import { sentenceGoesOn } from "../../flows/expressions/spoken-pieces.ts";
import type { Clip } from "../ports/telephony.ts";

/** What plays prompts needs of the prompt cache: `runtime/speech/prompt-cache.ts` fits. */
export type PromptSource = {
  fromText(prompt: {
    text: string;
    language: string;
    goesOn?: boolean;
    personal?: boolean;
  }): Promise<{ hash: string; path: string; ms: number; passing?: true }>;
  find(hash: string): Promise<{ hash: string; path: string; ms: number } | null>;
};

/** An item, or a piece of one in the middle of a sentence. */
export type SpokenItem = PlayItem & { goesOn?: boolean };

/** Clips of prompts. Rejects if a text cannot be synthesised in time or a recording is missing. */
export type Prompts = {
  clips(items: readonly PlayItem[], withinMs?: number): Promise<Clip[]>;
  warm(items: readonly SpokenItem[]): Promise<number>;
  ringback(): Promise<Clip | null>;
};

const liveDeadlineMs = 800;
const remembered = 5_000;

/** Recording, else cached render, else live synthesis within a deadline. Known clips are answered from memory. */
export function callPrompts(source: PromptSource, ringback: () => Promise<Clip | null>): Prompts {
  const known = new Map<string, Clip>();
  const keyOf = (item: SpokenItem) => item.audio ?? `${item.language}${item.goesOn ? "…" : ""}:${item.text}`;
  const remember = (item: SpokenItem, { path, ms, passing }: Clip & { passing?: true }): Clip => {
    const clip = { path, ms };
    if (passing) return clip;
    if (known.size >= remembered) known.delete(known.keys().next().value!);
    known.set(keyOf(item), clip);
    return clip;
  };

  /** `personal`: said in a call, so it may hold what is known of this caller; texts of the flow alone are on disk before. */
  async function load(item: SpokenItem, personal: boolean): Promise<Clip> {
    const wish = { text: item.text, language: item.language, ...(item.goesOn ? { goesOn: true } : {}), ...(personal ? { personal } : {}) };
    if (!item.audio) return remember(item, await source.fromText(wish));
    const found = await source.find(item.audio);
    if (found) return remember(item, found);
    if (item.text) return remember(item, await source.fromText(wish));
    throw new Error(`the recording of prompt "${item.prompt}" is missing`);
  }

  return {
    async clips(items, withinMs = liveDeadlineMs) {
      const all = items.flatMap(pieces).map((item) => known.get(keyOf(item)) ?? load(item, true));
      if (all.every((clip) => !(clip instanceof Promise))) return all as Clip[];
      return deadline(Promise.all(all), withinMs);
    },
    async warm(items) {
      let made = 0;
      for (const item of items)
        made += await load(item, false).then(
          () => 1,
          () => 0,
        );
      return made;
    },
    ringback,
  };
}

/** A long text piece by piece: the ones without variables are there already. */
const pieces = ({ pieces, ...item }: PlayItem): SpokenItem[] => pieces?.map((text, at) => ({ ...item, text, goesOn: sentenceGoesOn(pieces, at) })) ?? [item];

function deadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no audio within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
