/** Entry of the media thread. */
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import type { MediaCommand, MediaOptions, MediaReport, StreamCommand, StreamReport } from "../sip/threads/protocol.ts";
import { collectGarbage } from "../sip/threads/collect-garbage.ts";
import { threadOf } from "../sip/threads/leg-thread.ts";
import { eachOf, PostBatch } from "../sip/threads/post-batch.ts";
import type { LinkMessage } from "./far-peer.ts";
import { MediaEngine } from "./media-engine.ts";

const STATS_MS = 1_000;
/** `links`: to the other media threads, by their numbers. */
const { options, signalling, links } = workerData as { options: MediaOptions; signalling: MessagePort; links: (MessagePort | null)[] };
const main = parentPort!;
const reports = new PostBatch<MediaReport>(main);
const signals = new PostBatch<StreamReport>(signalling);
const report = (message: MediaReport) => reports.post(message);
const others = links.map((port) => (port ? new PostBatch<LinkMessage>(port) : null));
const engine = new MediaEngine({
  options,
  report,
  signal: (message) => signals.post(message),
  ...(links.length > 1 ? { link: (message) => others[threadOf(message.leg)]?.post(message) } : {}),
});
for (const port of links)
  port?.on(
    "message",
    eachOf((message: LinkMessage) => engine.linked(message)),
  );

signalling.on(
  "message",
  eachOf((command: StreamCommand) => engine.stream(command)),
);
main.on(
  "message",
  eachOf((command: MediaCommand) => {
    if (command.do === "stop") void stop();
    else if (command.do === "rest") collectGarbage();
    else engine.command(command);
  }),
);
const stats = setInterval(() => {
  const { late } = engine;
  report({ type: "stats", tickLateP99Ms: engine.lateP99(), late });
  signals.post({ type: "pulse", late });
}, STATS_MS);

async function stop(): Promise<void> {
  clearInterval(stats);
  await engine.stop();
  report({ type: "stopped" });
  reports.flush();
  signals.flush();
  signalling.close();
  for (const port of links) port?.close();
  main.close();
}
