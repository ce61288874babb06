import type { TalkItem } from "./conversation.ts";

/**
 * A talk written before 0.5 in the words of today. Then a `wait` after `hear` began with the prompt, not behind it, and
 * `press` went on for a gap after its last key; both are said now, so that the same things happen at the same times.
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
