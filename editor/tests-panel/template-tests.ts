import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { api } from "../api/index.ts";
import type { Ground } from "./plain-given.ts";

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
