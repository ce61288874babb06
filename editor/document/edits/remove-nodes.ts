import { edit, type Edit } from "./edit.ts";

/** Removes nodes with every edge that led to them, and the prompts that only they played; those of other graphs (`elsewhere`) stay. */
export function removeNodes(ids: readonly string[], promptsOf: (id: string) => string[] = () => [], elsewhere: ReadonlySet<string> = new Set()): Edit {
  return edit("remove-nodes", (flow) => {
    const gone = new Set(ids);
    const kept = Object.entries(flow.nodes).filter(([id]) => !gone.has(id));
    const stillUsed = new Set(kept.flatMap(([id]) => promptsOf(id)));
    const freed = new Set(ids.flatMap(promptsOf).filter((key) => !stillUsed.has(key) && !elsewhere.has(key)));
    const nodes = Object.fromEntries(
      kept.map(([id, node]) => {
        const exits = Object.entries(node.exits).filter(([, to]) => !gone.has(to));
        return [id, exits.length === Object.keys(node.exits).length ? node : { ...node, exits: Object.fromEntries(exits) }];
      }),
    );
    return {
      nodes,
      layout: Object.fromEntries(Object.entries(flow.layout).filter(([id]) => !gone.has(id))),
      ...(freed.size > 0 ? { prompts: Object.fromEntries(Object.entries(flow.prompts).filter(([key]) => !freed.has(key))) } : {}),
    };
  });
}
