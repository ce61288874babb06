import type { JournalLine } from "../../flows/result.ts";
import type { CallStore, StoredLine } from "../ports/store.ts";
import type { KeptWrites } from "./kept-writes.ts";
import type { LiveBus } from "./live-bus.ts";

/** The journal of one call: numbered, append-only, streamed; the result is its fold. */
export type Journal = {
  readonly lines: readonly StoredLine[];
  add(lines: readonly JournalLine[]): StoredLine[];
  /** Lines not yet handed to the store, taken out. */
  take(): StoredLine[];
  /** True if every line so far is stored; lines that cannot be stored now are kept and retried. */
  flush(): Promise<boolean>;
};

type Deps = { store: { calls: Pick<CallStore, "append"> }; bus: LiveBus; kept: KeptWrites };

export function openJournal(callId: string, { store, bus, kept }: Deps, from = 0): Journal {
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
      if (taken.length === 0) return !kept.waits(callId);
      return kept.write(
        callId,
        () => store.calls.append(taken),
        () => sizeOf(taken),
      );
    },
  };
}

/** Approximate memory size of lines in bytes. */
const sizeOf = (lines: readonly StoredLine[]): number => lines.reduce((sum, line) => sum + 200 + (line.data ? JSON.stringify(line.data).length * 2 : 0), 0);
