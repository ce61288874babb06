import { MessageChannel, Worker } from "node:worker_threads";
import { eachOf, PostBatch } from "./post-batch.ts";
import type { MediaCommand, MediaOptions, MediaReport, SignallingCommand, SignallingOptions, SignallingReport } from "./protocol.ts";

type Reports = {
  signalling(report: SignallingReport): void;
  media(report: MediaReport): void;
  died(name: "signalling" | "media", error: unknown): void;
};

const STOP_WAIT_MS = 3_000;

/** The signalling and the media thread, joined by a channel of their own. */
export class WorkerPair {
  /** Resolves with the bound address; rejects with the system's code. */
  readonly started: Promise<{ address: string; port: number }>;
  private readonly signalling: Worker;
  private readonly mediaWorker: Worker;
  private readonly signals: PostBatch<SignallingCommand>;
  private readonly medias: PostBatch<MediaCommand>;
  private readonly exits: Promise<unknown>[];
  private settle: { resolve(bound: { address: string; port: number }): void; reject(error: Error): void } | undefined;
  private ending = false;

  constructor(signallingOptions: SignallingOptions, mediaOptions: MediaOptions, reports: Reports) {
    const { port1, port2 } = new MessageChannel();
    this.started = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    this.mediaWorker = new Worker(new URL("../../media/media-worker.ts", import.meta.url), {
      workerData: { options: mediaOptions, signalling: port2 },
      transferList: [port2],
    });
    this.signalling = new Worker(new URL("./signalling-worker.ts", import.meta.url), {
      workerData: { options: signallingOptions, media: port1 },
      transferList: [port1],
    });
    this.signals = new PostBatch(this.signalling);
    this.medias = new PostBatch(this.mediaWorker);
    this.signalling.on(
      "message",
      eachOf((report: SignallingReport) => this.take(report, reports)),
    );
    this.mediaWorker.on(
      "message",
      eachOf((report: MediaReport) => reports.media(report)),
    );
    this.exits = [this.watch(this.signalling, "signalling", reports), this.watch(this.mediaWorker, "media", reports)];
  }

  signal(command: SignallingCommand): void {
    this.signals.post(command);
  }

  media(command: MediaCommand): void {
    this.medias.post(command);
  }

  /** Lets both finish: BYE sent, recordings completed; then by force. */
  async stop(): Promise<void> {
    this.ending = true;
    this.signal({ do: "stop" });
    await this.within(this.exits[0]!);
    this.media({ do: "stop" });
    await this.within(this.exits[1]!);
    await this.terminate();
  }

  async terminate(): Promise<void> {
    this.ending = true;
    await Promise.all([this.signalling.terminate(), this.mediaWorker.terminate()]);
  }

  private take(report: SignallingReport, reports: Reports): void {
    if (report.type === "started") this.settle?.resolve({ address: report.address, port: report.port });
    else if (report.type === "refused-start") {
      this.settle?.reject(Object.assign(new Error(report.message), { code: report.code }));
      void this.terminate();
    } else reports.signalling(report);
  }

  private watch(worker: Worker, name: "signalling" | "media", reports: Reports): Promise<unknown> {
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
