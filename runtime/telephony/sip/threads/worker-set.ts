import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import { eachOf, PostBatch } from "./post-batch.ts";
import { mediaName, threadOf } from "./leg-thread.ts";
import type { LegCommand, MediaCommand, MediaOptions, MediaReport, SignallingCommand, SignallingOptions, SignallingReport } from "./protocol.ts";

type Reports = {
  signalling(report: SignallingReport): void;
  media(report: MediaReport, thread: string): void;
  died(name: string, error: unknown): void;
};

const STOP_WAIT_MS = 3_000;

/** The signalling thread and the media threads, with a channel between each pair. */
export class WorkerSet {
  /** Resolves with the bound address; rejects with the system's code. */
  readonly started: Promise<{ address: string; port: number }>;
  private readonly signalling: Worker;
  private readonly mediaWorkers: readonly Worker[];
  private readonly signals: PostBatch<SignallingCommand>;
  private readonly medias: readonly PostBatch<MediaCommand>[];
  private readonly signallingExit: Promise<unknown>;
  private readonly mediaExits: Promise<unknown>[];
  private settle: { resolve(bound: { address: string; port: number }): void; reject(error: Error): void } | undefined;
  private ending = false;

  constructor(signallingOptions: SignallingOptions, mediaOptions: MediaOptions, reports: Reports) {
    const { mediaThreads } = signallingOptions;
    this.started = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    const toSignalling = Array.from({ length: mediaThreads }, () => new MessageChannel());
    const links = linksOf(mediaThreads);
    this.mediaWorkers = toSignalling.map(({ port2 }, thread) => {
      const own = links[thread]!;
      return new Worker(new URL("../../media/media-worker.ts", import.meta.url), {
        workerData: { options: mediaOptions, signalling: port2, links: own },
        transferList: [port2, ...own.filter((port) => port !== null)],
      });
    });
    const media = toSignalling.map(({ port1 }) => port1);
    this.signalling = new Worker(new URL("./signalling-worker.ts", import.meta.url), {
      workerData: { options: signallingOptions, media },
      transferList: media,
    });
    this.signals = new PostBatch(this.signalling);
    this.medias = this.mediaWorkers.map((worker) => new PostBatch(worker));
    this.signalling.on(
      "message",
      eachOf((report: SignallingReport) => this.take(report, reports)),
    );
    for (const [thread, worker] of this.mediaWorkers.entries())
      worker.on(
        "message",
        eachOf((report: MediaReport) => reports.media(report, mediaName(thread, mediaThreads))),
      );
    this.signallingExit = this.watch(this.signalling, "signalling", reports);
    this.mediaExits = this.mediaWorkers.map((worker, thread) => this.watch(worker, mediaName(thread, mediaThreads), reports));
  }

  signal(command: SignallingCommand): void {
    this.signals.post(command);
  }

  /** To the thread that carries the leg. */
  media(command: LegCommand): void {
    this.mediaOf(command.leg)?.post(command);
    // Each thread joins its own leg.
    if (command.do === "bridge" && threadOf(command.other) !== threadOf(command.leg))
      this.mediaOf(command.other)?.post({ do: "bridge", leg: command.other, other: command.leg });
  }

  /** There is nothing to do for a while. */
  rest(): void {
    this.signal({ do: "rest" });
    for (const each of this.medias) each.post({ do: "rest" });
  }

  /** Lets all finish: BYE sent, recordings completed; then by force. */
  async stop(): Promise<void> {
    this.ending = true;
    this.signal({ do: "stop" });
    await this.within(this.signallingExit);
    for (const each of this.medias) each.post({ do: "stop" });
    await this.within(Promise.all(this.mediaExits));
    await this.terminate();
  }

  async terminate(): Promise<void> {
    this.ending = true;
    await Promise.all([this.signalling, ...this.mediaWorkers].map((worker) => worker.terminate()));
  }

  private mediaOf(leg: string): PostBatch<MediaCommand> | undefined {
    return this.medias[threadOf(leg)];
  }

  private take(report: SignallingReport, reports: Reports): void {
    if (report.type === "started") this.settle?.resolve({ address: report.address, port: report.port });
    else if (report.type === "refused-start") {
      this.settle?.reject(Object.assign(new Error(report.message), { code: report.code }));
      void this.terminate();
    } else reports.signalling(report);
  }

  private watch(worker: Worker, name: string, reports: Reports): Promise<unknown> {
    return new Promise((resolve) => {
      let error: unknown;
      worker.on("error", (thrown) => (error = thrown));
      worker.on("exit", (code) => {
        resolve(code);
        this.settle?.reject(error instanceof Error ? error : new Error(`${name} worker ended with ${code}`));
        if (!this.ending) reports.died(name, error ?? `exit ${code}`);
      });
    });
  }

  private async within(exit: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([exit, new Promise((resolve) => (timer = setTimeout(resolve, STOP_WAIT_MS)))]);
    clearTimeout(timer);
  }
}

/** For each media thread its ports to the others, by number. */
function linksOf(threads: number): (MessagePort | null)[][] {
  const links = Array.from({ length: threads }, () => Array.from({ length: threads }, (): MessagePort | null => null));
  for (let a = 0; a < threads; a++)
    for (let b = a + 1; b < threads; b++) {
      const { port1, port2 } = new MessageChannel();
      links[a]![b] = port1;
      links[b]![a] = port2;
    }
  return links;
}
