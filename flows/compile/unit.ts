import type { Flow, FlowNode } from "../schema/flow.ts";
import type { PromptMarker } from "./resolve.ts";
import { parseConfigs, type ParseConfig } from "./parse-configs.ts";

/** Finds the flow named by a `subflow`, `parallel` or `race` node; null if it does not exist. `version` "" is the live one. */
export type FindFlow = (id: string, version: string) => Flow | null;

/** One graph being compiled: the root flow, a part of it, or another flow inlined. */
export type Unit = {
  flow: Flow;
  nodes: Record<string, FlowNode>;
  start: string;
  /** Prefix of node IDs in paths: "" at the root, "book/" inside the node `book`. */
  prefix: string;
  /** Path of the node that owns this variable scope; "" at the root. Parts share the surrounding scope. */
  scope: string;
  /** The node to which the end of this graph is reported; null at the root. */
  container: Container | null;
  /** Inside a branch: a hang-up exit of one node cannot leave the others behind. */
  branch: boolean;
  /** Enclosing flows and parts, outermost first, for detecting recursion. */
  trail: readonly string[];
  find: FindFlow;
  parse: ParseConfig;
  /** Prompts of this flow as the machine has them, by key. */
  markers: Map<string, PromptMarker>;
  /** The node that takes over unhandled errors; only the root has one. */
  onError: { id: string; node: FlowNode } | null;
  budget: { nodes: number };
};

/** The end of an inner graph: data with which the `rest` action chooses the exit of the outer node. */
export type Container = {
  path: string;
  /** Scope of the node around. */
  scope: string;
  exits: readonly string[];
  join: "flow" | "all" | "first";
  /** Name of the branch that rests, and all of them in order. */
  branch: string;
  branches: readonly string[];
  saveAs: string;
  outputs: readonly { from: string; saveAs: string }[];
};

/** The enabled nodes of a type, without building a list of all nodes. */
export function enabledOf(nodes: Unit["nodes"], type: string): [id: string, node: FlowNode][] {
  const found: [string, FlowNode][] = [];
  for (const id in nodes) if (nodes[id]!.type === type && nodes[id]!.enabled !== false) found.push([id, nodes[id]!]);
  return found;
}

export function rootUnit(flow: Flow, find: FindFlow): Unit {
  const { nodes, start } = flow;
  const [handler] = enabledOf(nodes, "on-error");
  return {
    flow,
    nodes,
    start,
    prefix: "",
    scope: "",
    container: null,
    branch: false,
    trail: [flow.id],
    find,
    parse: parseConfigs(),
    markers: new Map(),
    onError: handler ? { id: handler[0], node: handler[1] } : null,
    budget: { nodes: Object.keys(nodes).length },
  };
}
