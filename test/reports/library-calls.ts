import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fold, type JournalLine } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { parseConversation } from "../../flows/simulate/conversation.ts";
import { playersOf } from "../../flows/simulate/player.ts";
import { performTalk } from "../../flows/simulate/run-conversation.ts";
import { demoOf } from "../../runtime/cli/flow-files.ts";
import type { Store } from "../../runtime/ports/store.ts";

/** Real journals: every conversation of a template, played to its end. */
export type LibraryCalls = { flow: Flow; calls: { name: string; journal: JournalLine[] }[] };

const library = join(import.meta.dirname, "..", "..", "templates");
const read = (...path: string[]): object => JSON.parse(readFileSync(join(library, ...path), "utf8")) as object;

export function libraryCalls(template: string): LibraryCalls {
  const flow = parseFlow(read(template, "flow.json")).flow!;
  const start = playersOf(flow);
  const demo = demoOf(join(library, template));
  const calls = readdirSync(join(library, template, "conversations")).map((name) => {
    const talk: { given?: object } = read(template, "conversations", name);
    const parsed = parseConversation({ ...talk, given: { ...demo, ...talk.given } });
    if (!("conversation" in parsed)) throw new Error(parsed.error);
    const player = start(parsed.conversation.given);
    performTalk(player, parsed.conversation.talk);
    while (!player.done && player.advanceOne());
    return { name, journal: [...player.journal] };
  });
  return { flow, calls };
}

/** Publishes the flow and stores its calls, `times` over, a minute apart, the last of them ended at `until`. */
export async function storeCalls(store: Store, { flow, calls }: LibraryCalls, times: number, until: number): Promise<number> {
  await store.flows.create(flow, 1, null);
  const version = await store.flows.publish(flow, "", 1);
  const all = Array.from({ length: times }, () => calls).flat();
  await Promise.all(
    all.map(async ({ journal }, index) => {
      const id = `${flow.id}-${index}`;
      const startedAt = until - (index + 1) * 60_000;
      const direction = flow.kind === "script" ? ("desk" as const) : ("inbound" as const);
      const caller = `+7999000${String(index).padStart(4, "0")}`;
      await store.calls.begin(
        { id, flow: flow.id, version, kind: flow.kind, direction, caller, dialled: "1000", sipCallId: "", startedAt, operator: "", attempt: null },
        [],
      );
      const lines = journal.map((line, seq) => ({ ...line, callId: id, seq: seq + 1 }));
      await store.calls.finish(id, { endedAt: startedAt + 60_000, answeredAt: startedAt, result: fold(journal) }, lines);
    }),
  );
  return all.length;
}
