import type { TalkItem } from "./conversation.ts";

/**
 * Converts a talk written before 0.5. At that time a `wait` after `hear` started with the prompt instead of after it, and
 * `press` added a gap after its last key; both are now explicit, so that the timing does not change.
 */
export function retell(talk: readonly TalkItem[]): TalkItem[] {
  const told: TalkItem[] = [];
  for (const [index, item] of talk.entries()) {
    const last = told.at(-1);
    if ("wait" in item && last && "hear" in last && last.for === undefined) {
      told[told.length - 1] = { hear: last.hear, for: item.wait };
      continue;
    }
    told.push(item);
    const next = talk[index + 1];
    if ("press" in item && next && !("hear" in next)) told.push({ wait: item.gap ?? 0.2 });
  }
  return told;
}
