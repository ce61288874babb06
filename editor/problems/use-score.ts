import { useMemo } from "react";
import { scoreFlow, type Score } from "../../flows/check/index.ts";
import { useFlow } from "../document/use-flow.ts";

export type ScoreBand = "good" | "fair" | "poor";

/** Bands of the mark: what has errors is below 50 anyway. */
export const bandOf = (score: number): ScoreBand => (score >= 90 ? "good" : score >= 50 ? "fair" : "poor");

/** The mark of the open document, as its last check has it. */
export function useScore(): Score {
  const id = useFlow((state) => state.whole.id);
  const issues = useFlow((state) => state.issues);
  return useMemo(() => scoreFlow({ id }, issues), [id, issues]);
}
