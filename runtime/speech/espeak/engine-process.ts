import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { SpeechUnavailable } from "../../ports/speech.ts";
import { type EngineReply, type EngineRequest, replyReader } from "./reply-frames.ts";

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
/** After this many consecutive crashes, queued requests are refused at once. */
const patience = 3;

/** Keeps one engine child alive and sends it one sentence at a time. */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #queue: Job[] = [];
  #child: Child | undefined;
  #current: { id: number; job: Job; timer: NodeJS.Timeout } | undefined;
  #restart: NodeJS.Timeout | undefined;
  /** In a row: an answer ends the row. */
  #deaths = 0;
  #warm = false;
  #count = 0;
  #stopped = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    this.#start();
  }

  /** Answers in the order asked; rejects with SpeechUnavailable when the engine is dead, late, or says no. */
  ask(request: Omit<EngineRequest, "id">): Promise<EngineReply> {
    return new Promise((resolve, reject) => {
      const why = this.#refusal();
      if (why) return reject(new SpeechUnavailable(why));
      this.#queue.push({ request, resolve, reject });
      this.#next();
    });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#restart);
    this.#rejectQueue("the speech engine is stopped");
    if (this.#child) this.#died(this.#child, "stopped");
  }

  #start(): void {
    const child: Child = spawn(process.execPath, [fileURLToPath(this.#options.childFile), ...this.#options.args], { stdio: ["pipe", "pipe", "ignore"] });
    this.#child = child;
    this.#warm = false;
    const read = replyReader((reply) => child === this.#child && this.#settle(reply));
    child.stdout.on("data", (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        this.#died(child, String(error));
      }
    });
    // Writing to a child that has just died: its exit is reported below.
    child.stdin.on("error", () => {});
    child.on("error", (error) => this.#died(child, error.message));
    child.on("exit", (code, signal) => this.#died(child, `ended with ${signal ?? code}`));
    this.#next();
  }

  #next(): void {
    const child = this.#child;
    if (this.#current || !child) return;
    const job = this.#queue.shift();
    if (!job) return;
    const id = ++this.#count;
    const limit = this.#warm ? this.#options.timeoutMs : this.#options.firstTimeoutMs;
    this.#current = { id, job, timer: setTimeout(() => this.#died(child, `no response in ${limit} ms`), limit) };
    // Node's readline breaks lines at these two as well, and JSON leaves them alone.
    child.stdin.write(`${JSON.stringify({ id, ...job.request }).replace(/[\u2028\u2029]/g, " ")}\n`);
  }

  #settle(reply: EngineReply): void {
    if (this.#current?.id !== reply.id) return;
    const job = this.#endCurrent();
    this.#deaths = 0;
    this.#warm = true;
    if (reply.sampleRate > 0) job?.resolve(reply);
    else job?.reject(new SpeechUnavailable(new TextDecoder().decode(reply.bytes)));
    this.#next();
  }

  #died(child: Child, why: string): void {
    if (child !== this.#child) return;
    this.#child = undefined;
    child.kill("SIGKILL");
    this.#deaths++;
    this.#endCurrent()?.reject(new SpeechUnavailable(`speech engine: ${why}`));
    if (this.#stopped) return;
    this.#options.log?.(`speech engine: ${why}`);
    if (this.#deaths >= patience) this.#rejectQueue(`speech engine: ${why}`);
    const wait = Math.min(longestRestartMs, this.#options.restartMs * 2 ** (this.#deaths - 1));
    this.#restart = setTimeout(() => this.#start(), wait).unref();
  }

  #endCurrent(): Job | undefined {
    clearTimeout(this.#current?.timer);
    const job = this.#current?.job;
    this.#current = undefined;
    return job;
  }

  #rejectQueue(why: string): void {
    for (const job of this.#queue.splice(0)) job.reject(new SpeechUnavailable(why));
  }

  #refusal(): string | undefined {
    if (this.#stopped) return "the speech engine is stopped";
    if (!this.#child && this.#deaths >= patience) return "the speech engine is down";
    return this.#queue.length >= this.#options.maxQueue ? "the speech queue is full" : undefined;
  }
}
