import type { Flow } from "../../../flows/schema/flow.ts";

/**
 * A change of the document, as a value. `apply` is pure and returns the inverse, so undo and redo are the same operation
 * twice. Consecutive edits with the same `merge` key become one undo step (typing).
 */
export type Edit = {
  name: string;
  merge?: string;
  /** Of the document as such, whatever part is shown. */
  whole?: boolean;
  apply(flow: Flow): { flow: Flow; inverse: Edit };
};

/** What an edit changes: whole top-level parts, shared with the old document where they are equal. */
export type Patch = Partial<{ [part in keyof Flow]: Flow[part] | undefined }>;

/** Makes an edit of a function from the document to its changed parts; the inverse puts the old parts back. */
export function edit(name: string, change: (flow: Flow) => Patch, merge?: string): Edit {
  return {
    name,
    ...(merge ? { merge } : {}),
    apply(flow) {
      const patch = change(flow);
      const before: Patch = Object.fromEntries(Object.keys(patch).map((part) => [part, flow[part as keyof Flow]]));
      return { flow: patched(flow, patch), inverse: edit(name, () => before, merge) };
    },
  };
}

function patched(flow: Flow, patch: Patch): Flow {
  const next: Record<string, unknown> = { ...flow, ...patch };
  for (const part of Object.keys(next)) if (next[part] === undefined) delete next[part];
  return next as Flow;
}

/** Several edits as one undo step. */
export function together(name: string, edits: readonly Edit[]): Edit {
  return edit(name, (flow) => {
    let next = flow;
    for (const each of edits) next = each.apply(next).flow;
    const parts = new Set([...Object.keys(flow), ...Object.keys(next)]) as Set<keyof Flow>;
    return Object.fromEntries([...parts].filter((part) => flow[part] !== next[part]).map((part) => [part, next[part]])) as Patch;
  });
}
