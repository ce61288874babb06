import { edit, type Edit } from "./edit.ts";

export function disconnect(edges: readonly { from: string; exit: string }[]): Edit {
  return edit("disconnect", (flow) => {
    const nodes = { ...flow.nodes };
    for (const { from, exit } of edges) {
      const node = nodes[from];
      if (!node || !(exit in node.exits)) continue;
      const { [exit]: _gone, ...exits } = node.exits;
      nodes[from] = { ...node, exits };
    }
    return { nodes };
  });
}
