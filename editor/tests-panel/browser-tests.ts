import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { api } from "../api/index.ts";

const keyOf = (flow: string): string => `sufler.tests.${flow}`;

/** Moves tests that an older version stored in this browser to the server, where they are shared. */
export async function handOverBrowserTests(flow: string): Promise<void> {
  const kept = browserTests(flow);
  if (kept.length > 0) await api.addTests(flow, kept);
  localStorage.removeItem(keyOf(flow));
}

function browserTests(flow: string): Conversation[] {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(flow)) ?? "[]") as unknown[];
    return kept.flatMap((item) => {
      const parsed = parseConversation(item);
      return "conversation" in parsed ? [parsed.conversation] : [];
    });
  } catch {
    return [];
  }
}
