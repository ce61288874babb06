import type { TalkItem } from "../../flows/simulate/conversation.ts";
import { retell } from "../../flows/simulate/retell.ts";

/** Converts the JSON of a conversation written before 0.5; anything else is unchanged. */
export function retold(json: string): string {
  try {
    const value = JSON.parse(json) as { talk?: unknown };
    return Array.isArray(value.talk) ? JSON.stringify({ ...value, talk: retell(value.talk as TalkItem[]) }) : json;
  } catch {
    return json;
  }
}
