/** An audio thread that leaves without a word. */
import { parentPort } from "node:worker_threads";

parentPort!.on("message", () => process.exit(0));
