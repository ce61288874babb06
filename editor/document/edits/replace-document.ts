import type { Flow } from "../../../flows/schema/flow.ts";
import { edit, type Edit, type Patch } from "./edit.ts";

/** Replaces the document (edited as text or restored from a version); the ID does not change. */
export function replaceDocument(next: Flow): Edit {
  const replaced = edit("replace-document", (flow) => {
    const cleared = Object.fromEntries(Object.keys(flow).map((part) => [part, undefined]));
    return { ...cleared, ...next, id: flow.id } as Patch;
  });
  return { ...replaced, whole: true };
}
