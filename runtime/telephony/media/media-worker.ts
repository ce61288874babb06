/** Entry of the media thread. */
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import type { MediaCommand, MediaOptions, MediaReport, StreamCommand } from "../sip/threads/protocol.ts";
import { MediaEngine } from "./media-engine.ts";

const STATS_MS = 1_000;
const { options, signalling } = workerData as { options: MediaOptions; signalling: MessagePort };
const main = parentPort!;
const report = (message: MediaReport) => main.postMessage(message);
const engine = new MediaEngine({ options, report, signal: (message) => signalling.postMessage(message) });

signalling.on("message", (command: StreamCommand) => engine.stream(command));
main.on("message", (command: MediaCommand) => {
  if (command.do === "stop") void stop();
  else engine.command(command);
});
const stats = setInterval(() => {
  const { late } = engine;
  report({ type: "stats", tickLateP99Ms: engine.lateP99(), late });
  signalling.postMessage({ type: "pulse", late });
}, STATS_MS);

async function stop(): Promise<void> {
  clearInterval(stats);
  await engine.stop();
  report({ type: "stopped" });
  signalling.close();
  main.close();
}
