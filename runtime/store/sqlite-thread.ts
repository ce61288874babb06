import { Worker } from "node:worker_threads";
import { StoreError } from "../ports/store-error.ts";
import type { Ask, Reply, WorkerRole } from "./sqlite-worker.ts";

/** One connection on its own thread. */
export type SqliteThread = {
  /** Rejects at once when the thread has ended. */
  ask(ask: Omit<Ask, "id">): Promise<Reply>;
  /** What waits is written, the file is closed. */
  stop(): Promise<void>;
  /** Settles with the reason when the thread ends by itself. */
  readonly died: Promise<string>;
};

type Waiting = { resolve: (reply: Reply) => void; reject: (error: Error) => void };

/** Starts the thread and waits until the database is open. */
export async function startThread(role: WorkerRole, file = new URL("./sqlite-worker.ts", import.meta.url)): Promise<SqliteThread> {
  const worker = new Worker(file, { workerData: role });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let over: StoreError | null = null;
  let stopping = false;
  let tellDeath: (reason: string) => void = () => {};
  const died = new Promise<string>((resolve) => (tellDeath = resolve));
  const end = (reason: string) => {
    over ??= new StoreError(`the database thread has ended: ${reason}`, threadEnded);
    for (const each of waiting.values()) each.reject(over);
    waiting.clear();
    if (!stopping) tellDeath(reason);
  };
  const settle = (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) asked?.resolve(reply);
    else asked?.reject(new StoreError(reply.error, reply.code));
  };
  worker.on("message", (replies: Reply[]) => replies.forEach(settle));
  // Those of one turn go together: each message by itself wakes the thread.
  let asks: Ask[] = [];
  const post = (ask: Ask) => {
    if (asks.push(ask) > 1) return;
    setImmediate(() => {
      worker.postMessage(asks);
      asks = [];
    });
  };
  worker.on("error", (error) => end(error instanceof Error ? error.message : String(error)));
  worker.on("exit", (code) => end(`exit ${code}`));
  const answerTo = (id: number) => new Promise<Reply>((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ask: SqliteThread["ask"] = (what) => {
    if (over) return Promise.reject(over);
    last += 1;
    const answer = answerTo(last);
    post({ id: last, ...what });
    return answer;
  };
  await answerTo(0).catch(async (error: unknown) => {
    stopping = true;
    await worker.terminate();
    throw error;
  });
  return {
    ask,
    died,
    async stop() {
      if (!over) await ask({ close: true }).catch(() => {});
      stopping = true;
      await worker.terminate();
    },
  };
}

/** Code of a StoreError whose thread is gone. */
export const threadEnded = "THREAD_ENDED";
