import { edit, type Edit } from "./edit.ts";

/** Connects an exit to a node; an exit has one target, so an old edge is replaced. */
export function connect(from: string, exit: string, to: string): Edit {
  return edit("connect", (flow) => {
    const node = flow.nodes[from];
    if (!node || !(to in flow.nodes)) return {};
    return { nodes: { ...flow.nodes, [from]: { ...node, exits: { ...node.exits, [exit]: to } } } };
  });
}
