import { useMemo } from "react";
import { scoreFlow, type Score } from "../../flows/check/index.ts";
import { useFlow } from "../document/use-flow.ts";

export type ScoreBand = "good" | "fair" | "poor";

/** Score bands; with errors the score is below 50. */
export const bandOf = (score: number): ScoreBand => (score >= 90 ? "good" : score >= 50 ? "fair" : "poor");

/** The score of the open document after its last check. */
export function useScore(): Score {
  const id = useFlow((state) => state.whole.id);
  const issues = useFlow((state) => state.issues);
  return useMemo(() => scoreFlow({ id }, issues), [id, issues]);
}
