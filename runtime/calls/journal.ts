import type { JournalLine } from "../../flows/result.ts";
import type { CallStore, StoredLine } from "../ports/store.ts";
import type { LiveBus } from "./live-bus.ts";

/** The journal of one call: numbered, appended, streamed; the result is its fold. */
export type Journal = {
  readonly lines: readonly StoredLine[];
  add(lines: readonly JournalLine[]): StoredLine[];
  /** Lines not yet handed to the store, taken out. */
  take(): StoredLine[];
  flush(): Promise<void>;
};

export function openJournal(callId: string, store: Pick<CallStore, "append">, bus: LiveBus, onError: (error: unknown) => void, from = 0): Journal {
  const lines: StoredLine[] = [];
  let waiting: StoredLine[] = [];
  let seq = from;
  return {
    lines,
    add(added) {
      const stored = added.map((line) => ({ ...line, callId, seq: (seq += 1) }));
      lines.push(...stored);
      waiting.push(...stored);
      for (const line of stored) bus.publish({ type: "line", line });
      return stored;
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    async flush() {
      const taken = this.take();
      if (taken.length > 0) await store.append(taken).catch(onError);
    },
  };
}
