import type { JournalLine } from "../result.ts";

/** One visit of a node, by its path; `exit` is null while the call is there, or was when it ended. */
export type Visit = { path: string; exit: string | null };

/** The visits of a journal in order. A step that the operator went back to is visited anew. */
export function visitsOf(journal: readonly JournalLine[]): Visit[] {
  const visits: Visit[] = [];
  const open = new Map<string, Visit>();
  for (const { kind, node, data } of journal) {
    if (node === "") continue;
    if (kind === "entered" || (kind === "note" && data?.["back"] === true)) {
      const visit: Visit = { path: node, exit: null };
      visits.push(visit);
      open.set(node, visit);
    } else if (kind === "left") {
      const visit = open.get(node);
      if (visit) visit.exit = String(data?.["exit"] ?? "");
      open.delete(node);
    }
  }
  return visits;
}
