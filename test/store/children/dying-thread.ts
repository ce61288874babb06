/** A database thread that opens and ends at its first request. */
import { parentPort } from "node:worker_threads";

parentPort!.on("message", () => process.exit(3));
parentPort!.postMessage([{ id: 0 }]);
