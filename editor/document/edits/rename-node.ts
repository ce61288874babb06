import { edit, type Edit } from "./edit.ts";

/** Gives a node another id and takes every edge, the start and the layout along; its place in the document stays. */
export function renameNode(from: string, to: string): Edit {
  return edit("rename-node", (flow) => {
    if (from === to || !(from in flow.nodes) || to in flow.nodes) return {};
    const name = (id: string) => (id === from ? to : id);
    const nodes = Object.fromEntries(
      Object.entries(flow.nodes).map(([id, node]) => {
        const leads = Object.values(node.exits).includes(from);
        return [name(id), leads ? { ...node, exits: Object.fromEntries(Object.entries(node.exits).map(([exit, target]) => [exit, name(target)])) } : node];
      }),
    );
    const layout = Object.fromEntries(Object.entries(flow.layout).map(([id, place]) => [name(id), place]));
    return { nodes, layout, start: name(flow.start) };
  });
}
