/** The database thread itself, which ends when it is asked to die. */
import { parentPort } from "node:worker_threads";

parentPort!.on("message", (ask: { read?: { sql: string } }) => {
  if (ask.read?.sql === "die") process.exit(3);
});
await import("../../../runtime/store/sqlite-worker.ts");
