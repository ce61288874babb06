import { parseConversation, type Conversation, type Given } from "../../flows/simulate/conversation.ts";
import { api } from "../api/index.ts";

/** What a flow's tests begin with when they say nothing else. */
export type Ground = Partial<Given>;

/** The conversations of a template over its demo data, as `sufler test` plays them; what is not sound is left out. */
export async function templateTests(slug: string, ground: Ground): Promise<{ tests: Conversation[]; ground: Ground }> {
  const { demo, conversations } = await api.template(slug);
  const whole: Ground = { ...ground, ...(demo as Ground), calendars: { ...ground.calendars, ...demo.calendars } };
  const tests = (conversations as { given?: object }[]).flatMap((item) => {
    const parsed = parseConversation({ ...item, given: { ...whole, contacts: {}, ...item.given } });
    return "conversation" in parsed ? [parsed.conversation] : [];
  });
  return { tests, ground: whole };
}

/** A caller's world out of the ground alone; an unsound one is the plain world. */
export function plainGiven(ground: Ground): Given {
  const empty = { title: "", talk: [], expect: {} };
  for (const given of [ground, {}]) {
    const parsed = parseConversation({ ...empty, given });
    if ("conversation" in parsed) return parsed.conversation.given;
  }
  throw new Error("a conversation without anything given is sound");
}
