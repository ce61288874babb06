import { useEffect, useRef, useState } from "react";
import type { SearchAnswer, SearchQuestion, TestRun } from "./search-worker.ts";

export type RunState = "idle" | "running" | "done" | "cancelled" | "failed";
type Known = { state: RunState; runs: readonly (TestRun | null)[]; done: number; total: number; error: string };
const nothing: Known = { state: "idle", runs: [], done: 0, total: 0, error: "" };

/** Runs tests one after another in a worker: the screen stays alive, cancelling ends the worker and keeps what was run. */
export function useTestRun() {
  const [known, setKnown] = useState(nothing);
  const worker = useRef<Worker | null>(null);
  const end = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => end, []);
  const start = (question: SearchQuestion & { look: "tests" }) => {
    end();
    const total = question.conversations.length;
    setKnown({ ...nothing, state: "running", total, runs: Array.from({ length: total }, () => null) });
    const own = new Worker(new URL("./search-worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    const fail = (error: string) => setKnown((before) => ({ ...before, state: "failed", error }));
    own.addEventListener("error", (event) => worker.current === own && fail(event.message));
    own.addEventListener("message", ({ data }: MessageEvent<SearchAnswer>) => {
      if (worker.current !== own) return;
      if ("error" in data) fail(data.error);
      else if ("done" in data) setKnown((before) => ({ ...before, state: "done" }));
      else if ("tests" in data) setKnown((before) => took(before, data.tests));
    });
    own.postMessage(question);
  };
  const cancel = () => {
    end();
    setKnown((before) => ({ ...before, state: "cancelled" }));
  };
  const close = () => {
    end();
    setKnown(nothing);
  };
  return { ...known, start, cancel, close };
}

function took(before: Known, tests: readonly { index: number; run: TestRun }[]): Known {
  const runs = [...before.runs];
  for (const { index, run } of tests) runs[index] = run;
  return { ...before, runs, done: before.done + tests.length };
}
