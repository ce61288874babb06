import { edit, type Edit } from "./edit.ts";

/** A new inner graph that ends at once: a place to draw in. Nothing happens when there is one of that name. */
export function addPart(id: string): Edit {
  const added = edit("add-part", (flow) => {
    if (id in flow.parts) return {};
    const finish = { type: "finish", config: { outcome: "done" }, exits: {} };
    return { parts: { ...flow.parts, [id]: { start: "finish", nodes: { finish }, layout: { finish: [0, 0] as [number, number] } } } };
  });
  return { ...added, whole: true };
}

/** Removes an inner graph; nodes that played it are left with its name, and the check says so. */
export function removePart(id: string): Edit {
  const removed = edit("remove-part", (flow) => ({ parts: Object.fromEntries(Object.entries(flow.parts).filter(([part]) => part !== id)) }));
  return { ...removed, whole: true };
}
