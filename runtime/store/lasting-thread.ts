import { setTimeout as pause } from "node:timers/promises";
import { startThread, type SqliteThread } from "./sqlite-thread.ts";
import type { WorkerRole } from "./sqlite-worker.ts";

type Options = {
  log?: (message: string) => void;
  /** It has ended and does not start again. */
  onDead?: (sentence: string) => void;
  /** For tests: another thread, other pauses. */
  script?: URL;
  pausesMs?: readonly number[];
};

const usualPausesMs = [0, 500, 2_000, 5_000];
/** After this run time a thread's restart pauses start from the first one again. */
const steadyMs = 60_000;

/**
 * A thread that is started again when it ends by itself. Until it is back, and after the last try, requests are
 * refused at once. An in-memory database is not started again: it would be empty.
 */
export async function lastingThread(
  role: WorkerRole,
  { log = () => {}, onDead = () => {}, script, pausesMs = usualPausesMs }: Options,
): Promise<Pick<SqliteThread, "ask" | "stop">> {
  let thread = await startThread(role, script);
  let stopped = false;
  let tries = 0;

  function watch(started: SqliteThread): void {
    const since = performance.now();
    void started.died.then((reason) => {
      if (performance.now() - since > steadyMs) tries = 0;
      log(`database ${role.role}: ${reason}`);
      void again(reason);
    });
  }

  async function again(reason: string): Promise<void> {
    for (; tries < pausesMs.length && role.file !== ":memory:";) {
      await pause(pausesMs[tries++]);
      if (stopped) return;
      const started = await startThread(role, script).catch((error: unknown) => void log(`database ${role.role}: ${String(error)}`));
      if (!started) continue;
      if (stopped) return started.stop();
      thread = started;
      return watch(started);
    }
    onDead(`The database thread has ended (${reason}) and cannot restart. Sufler is stopping so that it does not take calls it cannot record. Start it again.`);
  }

  watch(thread);
  return {
    ask: (what) => thread.ask(what),
    async stop() {
      stopped = true;
      await thread.stop();
    },
  };
}
