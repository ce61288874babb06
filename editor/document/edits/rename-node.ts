import { nodeTypes } from "../../../flows/nodes/index.ts";
import type { FlowNode } from "../../../flows/schema/flow.ts";
import { mapReferences, referencesOf } from "../../../flows/schema/references.ts";
import { edit, type Edit } from "./edit.ts";

/** A node whose config names the renamed one (a jump) goes on naming it; any other is the same object. */
function jumping(node: FlowNode, from: string, name: (id: string) => string): FlowNode {
  const schema = nodeTypes[node.type]?.config;
  const names = schema && referencesOf(schema, node.config).some((each) => each.kind === "node" && each.name === from);
  if (!schema || !names) return node;
  const config = mapReferences(schema, node.config, (each) => (each.kind === "node" ? name(each.name) : each.name));
  return { ...node, config: config as FlowNode["config"] };
}

/** Changes the ID of a node and updates every edge, the start and the layout; its place in the document does not change. */
export function renameNode(from: string, to: string): Edit {
  return edit("rename-node", (flow) => {
    if (from === to || !(from in flow.nodes) || to in flow.nodes) return {};
    const name = (id: string) => (id === from ? to : id);
    const nodes = Object.fromEntries(
      Object.entries(flow.nodes).map(([id, node]) => {
        const leads = Object.values(node.exits).includes(from);
        const wired = leads ? { ...node, exits: Object.fromEntries(Object.entries(node.exits).map(([exit, target]) => [exit, name(target)])) } : node;
        return [name(id), jumping(wired, from, name)];
      }),
    );
    const layout = Object.fromEntries(Object.entries(flow.layout).map(([id, place]) => [name(id), place]));
    return { nodes, layout, start: name(flow.start) };
  });
}
