import { connect } from "./connect.ts";
import { disconnect } from "./disconnect.ts";
import { together, type Edit } from "./edit.ts";

/** Moves an edge: another exit, another target, or both, as one undo step. */
export function reconnect(old: { from: string; exit: string }, next: { from: string; exit: string; to: string }): Edit {
  const same = old.from === next.from && old.exit === next.exit;
  return together("reconnect", [...(same ? [] : [disconnect([old])]), connect(next.from, next.exit, next.to)]);
}
