import { readFileSync } from "node:fs";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { conversationSchema, parseConversation, type Given } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { conversationFiles, demoOf } from "./flow-files.ts";

const most = 12;

/** Start data of the conversations next to a flow, demo data first, and the places they visit. */
export function startsOf(flow: Flow, folder: string, find: FindFlow): { givens: Given[]; visited: Set<string> } {
  const demo = demoOf(folder);
  const plain = conversationSchema.parse({ title: "", given: demo, talk: [], expect: {} }).given;
  const visited = new Set<string>();
  const givens = conversationFiles(folder).flatMap((path): Given[] => {
    const value = JSON.parse(readFileSync(path, "utf8")) as { given?: object };
    const parsed = parseConversation({ ...value, given: { ...demo, ...value.given } });
    if ("error" in parsed) return [];
    for (const item of runConversation(flow, parsed.conversation, { find }).visited) visited.add(item);
    return [parsed.conversation.given];
  });
  const different = new Map([plain, ...givens].map((given) => [JSON.stringify(given), given]));
  return { givens: [...different.values()].slice(0, most), visited };
}
