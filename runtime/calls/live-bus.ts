import type { CallRow, StoredLine } from "../ports/store.ts";

export type LiveEvent =
  | { type: "call-begin"; call: Pick<CallRow, "id" | "flow" | "version" | "kind" | "direction" | "caller" | "dialled" | "startedAt" | "operator"> }
  | { type: "line"; line: StoredLine }
  | { type: "call-end"; call: CallRow }
  | { type: "campaign"; campaign: string; counts: Record<string, number>; lines: number }
  | { type: "flow"; flow: string; revision: number; live: number | null };

export type Numbered = { id: number; event: LiveEvent };

export type LiveBus = {
  publish(event: LiveEvent): void;
  /** Events after `lastId` that are still kept, then new ones. Returns how to stop, and whether something was missed. */
  subscribe(lastId: number | null, listener: (event: Numbered) => void): { stop: () => void; missed: boolean };
};

/** The live stream for the editor and the desk. Keeps the newest events for reconnects. */
export function liveBus(kept = 5_000): LiveBus {
  const listeners = new Set<(event: Numbered) => void>();
  const ring: Numbered[] = [];
  let last = 0;
  return {
    publish(event) {
      last += 1;
      const numbered = { id: last, event };
      ring.push(numbered);
      if (ring.length > kept * 2) ring.splice(0, ring.length - kept);
      for (const listener of listeners) listener(numbered);
    },
    subscribe(lastId, listener) {
      const from = lastId ?? last;
      const missed = lastId !== null && (lastId > last || (ring.length > 0 && ring[0]!.id > lastId + 1));
      for (const item of ring) if (item.id > from) listener(item);
      listeners.add(listener);
      return { stop: () => void listeners.delete(listener), missed };
    },
  };
}
