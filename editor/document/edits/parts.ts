import { edit, type Edit } from "./edit.ts";

/** Adds an empty part that ends at once. Does nothing if a part with that name exists. */
export function addPart(id: string): Edit {
  const added = edit("add-part", (flow) => {
    if (id in flow.parts) return {};
    const finish = { type: "finish", config: { outcome: "done" }, exits: {} };
    return { parts: { ...flow.parts, [id]: { start: "finish", nodes: { finish }, layout: { finish: [0, 0] as [number, number] } } } };
  });
  return { ...added, whole: true };
}

/** Removes a part; nodes that played it keep its name, and the check reports them. */
export function removePart(id: string): Edit {
  const removed = edit("remove-part", (flow) => ({ parts: Object.fromEntries(Object.entries(flow.parts).filter(([part]) => part !== id)) }));
  return { ...removed, whole: true };
}
