import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { nameOf, type Job } from "./jobs.ts";
import type { Result } from "./run-job.ts";

/** Runs jobs on `threads` workers; what is among `known` already is not run again. Calls back as results come. */
export async function runJobs(jobs: readonly Job[], known: Map<string, Result>, threads: number, done: (left: number, result: Result) => void): Promise<void> {
  const open = new Map(jobs.filter((job) => !known.has(nameOf(job))).map((job) => [nameOf(job), job]));
  // The dear ones first, so that no thread is left alone with one at the end.
  const queue = [...open.values()].sort((a, b) => costOf(b) - costOf(a));
  let left = queue.length;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    for (let job = queue.shift(); job; job = queue.shift()) {
      worker.postMessage(job);
      const [result] = (await once(worker, "message")) as [Result];
      known.set(result.name, result);
      left -= 1;
      done(left, result);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: threads }, work));
}

const costOf = ({ law, agents, answerRate, days, seeds }: Job): number => ((law === "ours" ? 20 : 1) * days * seeds.length * agents ** 1.5) / answerRate;
