import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";

const keyOf = (flow: string): string => `sufler.tests.${flow}`;

/** Tests of this browser, per flow. */
export function ownTests(flow: string): Conversation[] {
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

export const keepTests = (flow: string, tests: readonly Conversation[]): void => localStorage.setItem(keyOf(flow), JSON.stringify(tests));
export const addTest = (flow: string, test: Conversation): void => keepTests(flow, [...ownTests(flow), test]);
