import { useEffect, useRef, useState } from "react";
import type { SearchAnswer, SearchQuestion } from "./search-worker.ts";

export type SimulationState = "idle" | "running" | "done" | "cancelled" | "failed";
type Standing = { state: SimulationState; error: string };
/** What a worker tells on the way: everything but its end. */
export type SimulationNews = Exclude<SearchAnswer, { done: true } | { error: string }>;

/**
 * One request at a time in its own worker: the screen stays responsive; cancelling ends the worker and keeps the results
 * been found so far. `nothing` is what is known before a question, `take` adds a piece of news.
 */
export function useSimulation<Known extends object>(nothing: Known, take: (before: Known & Standing, news: SimulationNews) => Known & Standing) {
  const [known, setKnown] = useState<Known & Standing>({ ...nothing, state: "idle", error: "" });
  const worker = useRef<Worker | null>(null);
  const end = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => end, []);
  const start = (question: SearchQuestion, begun: Partial<Known>) => {
    end();
    setKnown({ ...nothing, ...begun, state: "running", error: "" });
    const own = new Worker(new URL("./search-worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    const fail = (error: string) => setKnown((before) => ({ ...before, state: "failed", error }));
    own.addEventListener("error", (event) => worker.current === own && fail(event.message));
    own.addEventListener("message", ({ data }: MessageEvent<SearchAnswer>) => {
      if (worker.current !== own) return;
      if ("error" in data) fail(data.error);
      else setKnown((before) => ("done" in data ? { ...before, state: "done" } : take(before, data)));
    });
    own.postMessage(question);
  };
  const cancel = () => {
    end();
    setKnown((before) => ({ ...before, state: "cancelled" }));
  };
  const close = () => {
    end();
    setKnown({ ...nothing, state: "idle", error: "" });
  };
  return { known, start, cancel, close };
}
