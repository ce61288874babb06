import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import { graphsOf } from "../schema/graph.ts";
import { localize } from "../schema/values.ts";
import { valueWords } from "./value-words.ts";

/** "choose «Меню»": the id and what a person calls it. */
export function nodeName(path: string, node: FlowNode | undefined, language: "ru" | "en"): string {
  if (!node) return path;
  const own = typeof node.title === "string" ? node.title : localize(node.title, language);
  return `${path} ${valueWords(own || localize(nodeTypes[node.type]?.title, language, node.type), language)}`;
}

/** A node by its path: "choose", "lookup/choose". */
export function nodeAt(flow: Flow, path: string): FlowNode | undefined {
  const graph = graphsOf(flow).find(({ prefix, nodes }) => path.startsWith(prefix) && Object.hasOwn(nodes, path.slice(prefix.length)));
  return graph?.nodes[path.slice(graph.prefix.length)];
}
