import { parseConversation, type Given } from "../../flows/simulate/conversation.ts";

/** What a flow's tests begin with when they say nothing else. */
export type Ground = Partial<Given>;

/** A caller's world out of the ground alone; an unsound one is the plain world. */
export function plainGiven(ground: Ground): Given {
  const empty = { title: "", talk: [], expect: {} };
  for (const given of [ground, {}]) {
    const parsed = parseConversation({ ...empty, given });
    if ("conversation" in parsed) return parsed.conversation.given;
  }
  throw new Error("a conversation without anything given is sound");
}

/** What of a template's demo data a test can stand on; it holds more (titles and kinds of lists). */
export function groundIn(demo: object): Ground {
  const known = new Set([...Object.keys(plainGiven({})), "country", "language"]);
  return Object.fromEntries(Object.entries(demo).filter(([name]) => known.has(name))) as Ground;
}
