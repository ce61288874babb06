import type { Exploration } from "../../flows/simulate/explore.ts";
import type { PathProgress } from "../../flows/simulate/paths.ts";
import type { MissingPaths } from "./search-paths.ts";
import type { SearchQuestion } from "./search-worker.ts";
import { useSimulation, type SimulationState } from "./use-simulation.ts";

type Found = {
  /** What was asked last. */
  question: SearchQuestion | null;
  paths: MissingPaths | null;
  /** How far the search for paths has come, more often than there is something new in `paths`. */
  progress: PathProgress | null;
  callers: Exploration | null;
};
export type Search = Found & {
  state: SimulationState;
  error: string;
  start(question: SearchQuestion): void;
  /** Stops at once; what was found so far stays. */
  cancel(): void;
  close(): void;
};

const nothing: Found = { question: null, paths: null, progress: null, callers: null };

/** A search for paths, or a run of random callers. */
export function useSearch(): Search {
  const { known, start, cancel, close } = useSimulation(nothing, (before, news) => ({ ...before, ...news }));
  return { ...known, start: (question) => start(question, { question }), cancel, close };
}
