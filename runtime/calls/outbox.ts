import type { Clock } from "../ports/clock.ts";
import type { MessageRow, MessageState, OutboxStore } from "../ports/data-store.ts";
import type { Ids } from "../ports/ids.ts";
import type { KeptWrites } from "./kept-writes.ts";
import type { Notify, Sent } from "../ports/notify.ts";

export type Post = Pick<MessageRow, "key" | "channel" | "to" | "subject" | "text" | "data" | "callId">;
export type Posted = { id: string; state: MessageState; error: string };
export type Outbox = {
  /** Stores a message, tries to send it once, and returns its state. The same key is the same message. */
  post(message: Post): Promise<Posted>;
  /** Resends a message now; null if it does not exist or was already sent. */
  retry(id: string): Promise<Posted | null>;
  /** Starts sending pending messages, including those left by a stop or a crash. */
  begin(): void;
  stop(): void;
};

type Deps = { store: OutboxStore; notify: Notify; clock: Clock; ids: Ids; kept: KeptWrites; log(message: string): void };

const minute = 60_000;
/** Pauses before each further try; after the last one the message has failed. */
const pausesMs = [1, 5, 15, 60, 180, 720].map((minutes) => minutes * minute);
const lookMs = 15_000;
const batch = 20;
/** Delivered messages are kept so long, and so many; looked after this often. */
const keptSent = { ms: 90 * 24 * 60 * minute, count: 100_000 };
const pruneMs = 60 * minute;

/** The outbox: every message is stored before it is sent, and failed messages are retried. */
export function outbox(deps: Deps): Outbox {
  const { store, clock, ids, log } = deps;
  const sending = new Set<string>();
  let cancel = () => {};
  let stopped = false;
  let prunedAt = Number.NEGATIVE_INFINITY;

  async function attempt(row: MessageRow): Promise<Posted> {
    sending.add(row.id);
    try {
      const change = after(row, await deps.notify.send(row), clock.now());
      // Sent is sent: until that is stored the message is in hand and not sent again.
      await deps.kept.stored(`message ${row.id}`, () => store.update(row.id, change));
      return { id: row.id, state: change.state, error: change.error };
    } finally {
      sending.delete(row.id);
    }
  }

  async function look(): Promise<void> {
    for (const row of await store.due(clock.now(), batch)) {
      if (stopped) return;
      if (!sending.has(row.id)) await attempt(row);
    }
    const at = clock.now();
    if (at - prunedAt < pruneMs) return;
    prunedAt = at;
    await store.prune({ sentBefore: at - keptSent.ms, keep: keptSent.count });
  }

  const tick = (): void => {
    void look()
      .catch((error: unknown) => log(`outbox: ${String(error)}`))
      .finally(() => {
        if (!stopped) cancel = clock.after(lookMs, tick);
      });
  };

  return {
    async post(message) {
      const at = clock.now();
      const row: MessageRow = { ...message, id: ids.next(), state: "queued", tries: 0, dueAt: at + pausesMs[0]!, createdAt: at, sentAt: null, error: "" };
      if (await store.add(row)) return attempt(row);
      const kept = await store.byKey(message.key);
      return kept ? { id: kept.id, state: kept.state, error: kept.error } : { id: row.id, state: "failed", error: "engine-fault: the message was not stored" };
    },
    async retry(id) {
      const row = await store.find(id);
      if (!row || row.state === "sent" || sending.has(id)) return null;
      return attempt({ ...row, tries: 0 });
    },
    begin: tick,
    stop() {
      stopped = true;
      cancel();
    },
  };
}

type Change = { state: MessageState; tries: number; dueAt: number | null; sentAt: number | null; error: string };

/** A message after a try. Pure. */
export function after(row: Pick<MessageRow, "tries">, sent: Sent, at: number): Change {
  const tries = row.tries + 1;
  if (sent.ok) return { state: "sent", tries, dueAt: null, sentAt: at, error: "" };
  const pause = pausesMs[tries - 1];
  const error = sent.reason.slice(0, 500);
  if (!sent.again || pause === undefined) return { state: "failed", tries, dueAt: null, sentAt: null, error };
  return { state: "queued", tries, dueAt: at + pause, sentAt: null, error };
}
