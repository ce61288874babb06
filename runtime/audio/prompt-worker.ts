import { Worker } from "node:worker_threads";
import { AudioError } from "./audio-error.ts";
import type { PreparedPrompt, SpeechAudio } from "./prepare-prompt.ts";
import type { PrepareReply } from "./prepare-worker.ts";

export type PromptWorker = {
  /** As `preparePrompt`, off this thread. */
  prepare(source: Uint8Array | SpeechAudio): Promise<PreparedPrompt>;
  stop(): Promise<void>;
};

type Job = { source: Uint8Array | SpeechAudio; resolve(prompt: PreparedPrompt): void; reject(error: Error): void };

const ownScript = new URL("./prepare-worker.ts", import.meta.url);

/** One thread, one job at a time; a job that hangs or kills the thread fails alone, and the thread is recreated. */
export function promptWorker({ timeoutMs = 60_000, script = ownScript }: { timeoutMs?: number; script?: URL } = {}): PromptWorker {
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let current: { id: number; job: Job; timer: NodeJS.Timeout } | undefined;
  let count = 0;
  let stopped = false;

  function next(): void {
    if (current) return;
    const job = waiting.shift();
    if (!job) return void worker?.unref();
    worker ??= start();
    worker.ref();
    const id = ++count;
    const timer = setTimeout(() => fail(new AudioError("timeout", "reading the audio took too long")), timeoutMs);
    current = { id, job, timer };
    worker.postMessage({ id, source: job.source });
  }

  function start(): Worker {
    // Decoders print warnings about bad files to the console; they are kept out of the log.
    const started = new Worker(script, { stdout: true, stderr: true });
    started.on("message", settle);
    started.on("error", () => started === worker && fail(new AudioError("corrupt", "the audio cannot be read")));
    // The thread exited without an error: its job fails at once instead of waiting for the time limit.
    started.on("exit", () => started === worker && fail(new AudioError("corrupt", "the audio cannot be read")));
    started.unref();
    return started;
  }

  function settle(reply: PrepareReply): void {
    if (current?.id !== reply.id) return;
    const { job, timer } = current;
    clearTimeout(timer);
    current = undefined;
    if ("prompt" in reply) job.resolve(reply.prompt);
    else job.reject(new AudioError(reply.code, reply.message));
    next();
  }

  function fail(error: AudioError): void {
    void worker?.terminate();
    worker = undefined;
    if (current) clearTimeout(current.timer);
    current?.job.reject(error);
    current = undefined;
    next();
  }

  return {
    prepare: (source) =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(new AudioError("timeout", "the audio worker is stopped"));
        waiting.push({ source, resolve, reject });
        next();
      }),
    async stop() {
      stopped = true;
      for (const job of waiting.splice(0)) job.reject(new AudioError("timeout", "the audio worker is stopped"));
      fail(new AudioError("timeout", "the audio worker is stopped"));
    },
  };
}
