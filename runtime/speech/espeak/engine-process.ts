import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { SpeechUnavailable } from "../../ports/speech.ts";
import { type EngineReply, type EngineRequest, replyReader } from "./reply-frames.ts";

export type EngineProcess = {
  /** Answers in the order asked; rejects with SpeechUnavailable when the engine is dead, late, or says no. */
  ask(request: Omit<EngineRequest, "id">): Promise<EngineReply>;
  stop(): Promise<void>;
};

export type EngineProcessOptions = {
  childFile: URL;
  args: string[];
  /** From the moment a sentence is given to the engine; the first one also waits for the engine to load. */
  timeoutMs: number;
  firstTimeoutMs: number;
  maxQueue: number;
  /** Doubles with every death in a row, up to 30 s. */
  restartMs: number;
  log?: (message: string) => void;
};

type Child = ChildProcessByStdio<Writable, Readable, null>;
type Job = { request: Omit<EngineRequest, "id">; resolve(reply: EngineReply): void; reject(error: Error): void };

const longestRestartMs = 30_000;
/** After so many deaths in a row the queue is not kept waiting for a recovery. */
const patience = 3;

/** Keeps one engine child alive and gives it one sentence at a time. */
export function engineProcess(options: EngineProcessOptions): EngineProcess {
  const queue: Job[] = [];
  let child: Child | undefined;
  let current: { id: number; job: Job; timer: NodeJS.Timeout } | undefined;
  let restart: NodeJS.Timeout | undefined;
  let deaths = 0;
  let answers = 0;
  let count = 0;
  let stopped = false;

  function start(): void {
    restart = undefined;
    const started: Child = spawn(process.execPath, [fileURLToPath(options.childFile), ...options.args], { stdio: ["pipe", "pipe", "ignore"] });
    child = started;
    answers = 0;
    const read = replyReader((reply) => started === child && settle(reply));
    started.stdout.on("data", (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        died(started, String(error));
      }
    });
    // Writing to a child that has just died: its exit is reported below.
    started.stdin.on("error", () => {});
    started.on("error", (error) => died(started, error.message));
    started.on("exit", (code, signal) => died(started, `ended with ${signal ?? code}`));
    next();
  }

  function next(): void {
    if (current || !child || queue.length === 0) return;
    const job = queue.shift()!;
    const id = ++count;
    const asked = child;
    const limit = answers === 0 ? options.firstTimeoutMs : options.timeoutMs;
    current = { id, job, timer: setTimeout(() => died(asked, `no answer in ${limit} ms`), limit) };
    asked.stdin.write(`${JSON.stringify({ id, ...job.request })}\n`);
  }

  function settle(reply: EngineReply): void {
    if (current?.id !== reply.id) return;
    const { job, timer } = current;
    clearTimeout(timer);
    current = undefined;
    deaths = 0;
    answers++;
    if (reply.sampleRate > 0) job.resolve(reply);
    else job.reject(new SpeechUnavailable(new TextDecoder().decode(reply.bytes)));
    next();
  }

  function died(dead: Child, why: string): void {
    if (dead !== child) return;
    child = undefined;
    dead.kill("SIGKILL");
    deaths++;
    options.log?.(`speech engine: ${why}`);
    if (current) clearTimeout(current.timer);
    current?.job.reject(new SpeechUnavailable(`speech engine: ${why}`));
    current = undefined;
    if (deaths >= patience) rejectQueue(`speech engine: ${why}`);
    if (!stopped) restart = setTimeout(start, Math.min(longestRestartMs, options.restartMs * 2 ** (deaths - 1))).unref();
  }

  function rejectQueue(why: string): void {
    for (const job of queue.splice(0)) job.reject(new SpeechUnavailable(why));
  }

  function refusal(): string | undefined {
    if (stopped) return "the speech engine is stopped";
    if (!child && deaths >= patience) return "the speech engine is down";
    return queue.length >= options.maxQueue ? "the speech queue is full" : undefined;
  }

  start();
  return {
    ask: (request) => new Promise((resolve, reject) => {
      const why = refusal();
      if (why) return reject(new SpeechUnavailable(why));
      queue.push({ request, resolve, reject });
      next();
    }),
    async stop() {
      stopped = true;
      clearTimeout(restart);
      rejectQueue("the speech engine is stopped");
      if (child) died(child, "stopped");
    },
  };
}
