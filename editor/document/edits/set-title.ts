import type { FlowNode } from "../../../flows/schema/flow.ts";
import { edit, type Edit } from "./edit.ts";

export type NodeLabels = Partial<Pick<FlowNode, "title" | "note" | "enabled" | "analytics" | "retries">>;

/** Changes the title and the marks of a node; undefined removes the mark. */
export function setTitle(id: string, labels: NodeLabels): Edit {
  return edit(
    "set-title",
    (flow) => {
      const node = flow.nodes[id];
      if (!node) return {};
      const next: Record<string, unknown> = { ...node, ...labels };
      for (const name of Object.keys(labels)) if (next[name] === undefined) delete next[name];
      return { nodes: { ...flow.nodes, [id]: next as FlowNode } };
    },
    `title:${id}:${Object.keys(labels).join()}`,
  );
}
