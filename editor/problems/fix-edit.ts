import { applyFix } from "../../flows/check/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Fix } from "../../flows/schema/issue.ts";
import { edit, type Edit, type Patch } from "../document/edits/edit.ts";

/** Fixes as one edit of the whole document, so that one undo reverts all of them. Fixes that no longer apply are skipped. */
export function fixEdit(fixes: readonly Pick<Fix, "edits">[]): Edit {
  const fixed = edit("fix", (flow) => difference(flow, fixes.reduce(applyFix, flow)));
  return {
    ...fixed,
    whole: true,
    apply(flow) {
      const applied = fixed.apply(flow);
      return Object.keys(difference(flow, applied.flow)).length > 0 ? applied : { ...applied, flow };
    },
  };
}

function difference(before: Flow, after: Flow): Patch {
  const rooms = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Flow>;
  return Object.fromEntries([...rooms].filter((room) => before[room] !== after[room]).map((room) => [room, after[room]])) as Patch;
}
