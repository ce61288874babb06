import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

/** Unsaved work of this browser, kept until the server has it. */
export type Kept = { flow: Flow; revision: number; at: number };
const keyOf = (id: string) => `sufler.draft.${id}`;

export function keepDraft(flow: Flow, revision: number): void {
  try {
    localStorage.setItem(keyOf(flow.id), JSON.stringify({ flow, revision, at: Date.now() } satisfies Kept));
  } catch {
    // Full or blocked storage must not interrupt work: the server still gets the draft.
  }
}

/** The draft kept in this browser, in the current format; null if there is none or it cannot be parsed. */
export function keptDraft(id: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? "null") as Kept | null;
    if (kept?.flow?.id !== id) return null;
    const { flow } = parseFlow(kept.flow);
    return flow && { ...kept, flow };
  } catch {
    return null;
  }
}

export const forgetDraft = (id: string): void => localStorage.removeItem(keyOf(id));
