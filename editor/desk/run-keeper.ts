import type { Value } from "../../flows/schema/values.ts";

export type Fields = Record<string, Value>;
type Draft = { shown: string; node: string; fields: Fields };
const keyOf = (run: string): string => `sufler.desk.${run}`;

/** Input on this card that may not have reached the server yet. */
export function keepFields(run: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(run), JSON.stringify(draft));
  } catch {
    // The server still gets it.
  }
}

export function keptFields(run: string, shown: string): Fields | null {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(run)) ?? "null") as Draft | null;
    return draft?.shown === shown ? draft.fields : null;
  } catch {
    return null;
  }
}

export const forgetFields = (run: string): void => localStorage.removeItem(keyOf(run));
