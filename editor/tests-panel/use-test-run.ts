import type { SearchQuestion, TestRun } from "./search-worker.ts";
import { useSimulation, type SimulationState } from "./use-simulation.ts";

export type RunState = SimulationState;
type Known = { runs: readonly (TestRun | null)[]; done: number; total: number };
const nothing: Known = { runs: [], done: 0, total: 0 };

/** Runs tests one after another; results are kept after cancelling. */
export function useTestRun() {
  const { known, start, cancel, close } = useSimulation(nothing, (before, news) => ("tests" in news ? { ...before, ...took(before, news.tests) } : before));
  return {
    ...known,
    start(question: SearchQuestion & { look: "tests" }) {
      const total = question.conversations.length;
      start(question, { total, runs: Array.from({ length: total }, () => null) });
    },
    cancel,
    close,
  };
}

function took(before: Known, tests: readonly { index: number; run: TestRun }[]): Known {
  const runs = [...before.runs];
  for (const { index, run } of tests) runs[index] = run;
  return { ...before, runs, done: before.done + tests.length };
}
