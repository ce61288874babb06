import { edit, type Edit } from "./edit.ts";

/** Wires an exit to a node; an exit leads to one place, so an old edge gives way. */
export function connect(from: string, exit: string, to: string): Edit {
  return edit("connect", (flow) => {
    const node = flow.nodes[from];
    if (!node || !(to in flow.nodes)) return {};
    return { nodes: { ...flow.nodes, [from]: { ...node, exits: { ...node.exits, [exit]: to } } } };
  });
}
