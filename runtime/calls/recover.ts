import { fold, type JournalLine } from "../../flows/result.ts";
import { join } from "node:path";
import type { CallDeps } from "./call-registry.ts";
import { cutRecordings } from "./cut-recordings.ts";

/** A SIP dialog does not survive a restart: open phone calls are closed with the data in their journals and recordings. */
export async function closeBrokenCalls(deps: Pick<CallDeps, "store" | "clock" | "recordings">): Promise<number> {
  let closed = 0;
  for (const call of await deps.store.calls.unfinished()) {
    if (call.kind === "script") continue;
    const lines = await deps.store.calls.journal(call.id);
    const at = lines.at(-1)?.at ?? call.startedAt;
    const cut = await cutRecordings(join(deps.recordings, call.id), fold(lines).recordings, at);
    const tail: JournalLine[] = [
      ...cut,
      { at, node: "", kind: "fault", data: { code: "engine-fault", message: "the server was restarted during the call" } },
      { at, node: "", kind: "end", data: { ended: "fault", outcome: null } },
    ];
    const stored = tail.map((line, index) => ({ ...line, callId: call.id, seq: (lines.at(-1)?.seq ?? 0) + index + 1 }));
    await deps.store.calls.finish(call.id, { endedAt: at, answeredAt: call.answeredAt, result: fold([...lines, ...tail]) }, stored);
    closed += 1;
  }
  return closed;
}
