import { useEffect, useRef, useState } from "react";
import type { Exploration } from "../../flows/simulate/explore.ts";
import type { PathProgress } from "../../flows/simulate/paths.ts";
import type { MissingPaths } from "./search-paths.ts";
import type { SearchAnswer, SearchQuestion } from "./search-worker.ts";

export type SearchState = "idle" | "running" | "done" | "cancelled" | "failed";
export type Search = {
  state: SearchState;
  /** What was asked last. */
  question: SearchQuestion | null;
  paths: MissingPaths | null;
  /** How far the search for paths has come, more often than there is something new in `paths`. */
  progress: PathProgress | null;
  callers: Exploration | null;
  error: string;
  start(question: SearchQuestion): void;
  /** Stops at once; what was found so far stays. */
  cancel(): void;
  close(): void;
};

type Known = Pick<Search, "state" | "question" | "paths" | "progress" | "callers" | "error">;
const nothing: Known = { state: "idle", question: null, paths: null, progress: null, callers: null, error: "" };

/** A search in a worker of its own: the screen stays alive, cancelling ends the worker. */
export function useSearch(): Search {
  const [known, setKnown] = useState(nothing);
  const worker = useRef<Worker | null>(null);
  const end = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => end, []);
  const start = (question: SearchQuestion) => {
    end();
    setKnown({ ...nothing, state: "running", question });
    const own = new Worker(new URL("./search-worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    const fail = (error: string) => setKnown((before) => ({ ...before, state: "failed", error }));
    own.addEventListener("error", (event) => worker.current === own && fail(event.message));
    own.addEventListener("message", ({ data }: MessageEvent<SearchAnswer>) => {
      if (worker.current !== own) return;
      if ("error" in data) fail(data.error);
      else setKnown((before) => ("done" in data ? { ...before, state: "done" } : { ...before, ...data }));
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
