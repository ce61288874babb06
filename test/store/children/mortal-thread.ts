/** The database thread itself, which ends when it is asked to die. */
import { parentPort } from "node:worker_threads";

parentPort!.on("message", (asks: { read?: { sql: string } }[]) => {
  if (asks.some((ask) => ask.read?.sql === "die")) process.exit(3);
});
await import("../../../runtime/store/sqlite-worker.ts");
