/** Entry of the signalling thread: sockets in, user agent behind. */
import { randomBytes } from "node:crypto";
import { networkInterfaces } from "node:os";
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import type { Clock } from "../../../ports/clock.ts";
import type { MediaGate } from "../call/call-host.ts";
import type { Flow, SendText } from "../transport/flow.ts";
import { Locator } from "../transport/locator.ts";
import { bindBoth } from "../transport/bind-both.ts";
import { RefusalProbe } from "../transport/refusal-probe.ts";
import { tcpLimits, TcpTransport } from "../transport/tcp-transport.ts";
import { UdpTransport } from "../transport/udp-transport.ts";
import { UserAgent } from "../user-agent.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { mediaName, threadOf } from "./leg-thread.ts";
import { eachOf, PostBatch } from "./post-batch.ts";
import { ThreadPulse } from "./thread-pulse.ts";
import type { SignallingCommand, SignallingOptions, SignallingReport, StreamCommand, StreamReport } from "./protocol.ts";

const BYE_WAIT_MS = 1_000;
/** `media`: the media threads, by their numbers. */
const { options, media: mediaPorts } = workerData as { options: SignallingOptions; media: readonly MessagePort[] };
const main = parentPort!;
const reports = new PostBatch<SignallingReport>(main);
const report = (message: SignallingReport) => reports.post(message);
const clock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

const opening = new Map<string, (port: number | undefined) => void>();
const streams = mediaPorts.map((each) => new PostBatch<StreamCommand>(each));
const toMedia = (command: StreamCommand) => streams[threadOf(command.leg)]?.post(command);
const media: MediaGate = {
  open: (leg, opened) => {
    opening.set(leg, opened);
    toMedia({ do: "open", leg });
  },
  configure: (leg, stream) => toMedia({ do: "configure", leg, stream }),
  digit: (leg, digit) => toMedia({ do: "digit", leg, digit }),
  close: (leg) => {
    opening.delete(leg);
    toMedia({ do: "close", leg });
  },
};

const problem = (error: unknown) => report({ type: "log", text: `signalling: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` });
const udp = new UdpTransport((bytes, flow) => agent.receive(bytes, flow), problem);
const locator = new Locator(clock, options.allow);
const tcp = new TcpTransport(
  (bytes, flow) => agent.receive(bytes, flow),
  problem,
  tcpLimits,
  (address) => locator.allowed(address),
);
const send: SendText = (text, flow, onError) => (flow.transport === "tcp" ? tcp : udp).send(text, flow, onError);
const pulse = new ThreadPulse((late) => {
  if (++beats % 10 === 0) report({ type: "pulse", late });
});
let beats = 0;
const refusals = new RefusalProbe(options.bind);
let port = 0;
const agent = new UserAgent({
  options,
  clock,
  send,
  media,
  report,
  localAddress,
  locator,
  token: () => randomBytes(8).toString("hex"),
  port: () => port,
  overloaded: () => pulse.late("signalling").length > 0,
  listenForRefusal: (flow, refused) => refusals.listen(flow, refused),
});

for (const [thread, each] of mediaPorts.entries())
  each.on(
    "message",
    eachOf((message: StreamReport) => fromMedia(message, mediaName(thread, mediaPorts.length))),
  );
main.on("message", eachOf(fromMain));
await start();

function fromMedia(message: StreamReport, name: string): void {
  if (message.type === "silent") return agent.lost(message.leg, "no RTP");
  if (message.type === "pulse") return pulse.heard(name, message.late);
  const opened = opening.get(message.leg);
  opening.delete(message.leg);
  opened?.(message.type === "opened" ? message.port : undefined);
}

function fromMain(command: SignallingCommand): void {
  if (command.do === "stop") return void stop();
  if (command.do === "rest") return collectGarbage();
  if (command.do === "pulse") return pulse.heard("main", command.late);
  try {
    agent.command(command);
  } catch (error) {
    problem(error);
    agent.drop(command.leg, `bug: ${String(error)}`);
  }
}

async function start(): Promise<void> {
  try {
    port = await bindBoth(udp, tcp, options.bind, options.sipPort);
    agent.start();
    report({ type: "started", address: options.bind, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    report({ type: "refused-start", code: code ?? "", message });
  }
}

async function stop(): Promise<void> {
  pulse.stop();
  agent.stop();
  // BYE and un-REGISTER are answered in the meantime; they are not repeated for long.
  const until = performance.now() + BYE_WAIT_MS;
  while (agent.busy() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  agent.transactions.close();
  await Promise.all([udp.close(), tcp.close()]);
  report({ type: "stopped" });
  reports.flush();
  for (const each of streams) each.flush();
  for (const each of mediaPorts) each.close();
  main.close();
}

/** With a wildcard bind: loopback for loopback peers, else the advertised or first outer address. */
function localAddress(flow: Flow): string {
  if (options.bind !== "0.0.0.0" && options.bind !== "::") return options.advertisedAddress ?? options.bind;
  if (flow.address.startsWith("127.")) return "127.0.0.1";
  return options.advertisedAddress ?? outerAddress();
}

function outerAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find((one) => one.family === "IPv4" && !one.internal)?.address ?? "127.0.0.1";
}
