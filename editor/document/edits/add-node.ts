import type { Flow, FlowNode } from "../../../flows/schema/flow.ts";
import { edit, type Edit } from "./edit.ts";

export type NewNode = {
  id: string;
  node: FlowNode;
  at: [number, number];
  /** Prompts of the new node. */
  prompts?: Flow["prompts"];
  /** The exit that now leads to the new node; what it led to follows by `through`. */
  after?: { node: string; exit: string };
  through?: string;
};

/** Adds a node, optionally connected to an exit: the old target follows the new node. The first node is the start. */
export function addNode({ id, node, at, prompts, after, through }: NewNode): Edit {
  return edit("add-node", (flow) => {
    const source = after ? flow.nodes[after.node] : undefined;
    const old = source && after ? source.exits[after.exit] : undefined;
    const added: FlowNode = old && through ? { ...node, exits: { ...node.exits, [through]: old } } : node;
    const wired = source && after ? { [after.node]: { ...source, exits: { ...source.exits, [after.exit]: id } } } : {};
    return {
      nodes: { ...flow.nodes, ...wired, [id]: added },
      layout: { ...flow.layout, [id]: at },
      ...(prompts ? { prompts: { ...flow.prompts, ...prompts } } : {}),
      ...(flow.start in flow.nodes ? {} : { start: id }),
    };
  });
}
