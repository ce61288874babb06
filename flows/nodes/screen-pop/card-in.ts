import type { JournalLine } from "../../result.ts";
import type { OperatorCard } from "./card.ts";

/** The operator's card at the end of a journal: the last one opened, or null. */
export function cardIn(journal: readonly JournalLine[]): OperatorCard | null {
  const card = journal.findLast((line) => line.kind === "note" && line.data?.["card"] !== undefined)?.data?.["card"];
  // Written by `cardOf` and by nothing else.
  return (card as OperatorCard | undefined) ?? null;
}
