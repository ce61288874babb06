import type { Flow, FlowNode } from "../schema/flow.ts";
import { graphsOf, type Graph } from "../schema/graph.ts";
import { callGraph, reach } from "./call-graph.ts";
import { nodeFacts, type NodeFacts } from "./node-facts.ts";
import { promptFacts, type Prompt, type PromptFacts } from "./prompt-facts.ts";
import { TypedExpressions } from "./typed-expressions.ts";
import type { CheckContext, CheckedNode, Environment, PlacedNode } from "./rule.ts";

/** What is kept from one check to the next, by the identity of the documents' own objects. */
export type Memory = {
  typed: TypedExpressions;
  facts: WeakMap<FlowNode, NodeFacts>;
  placed: WeakMap<FlowNode, PlacedNode>;
  prompts: WeakMap<Prompt, PromptFacts>;
};

export const emptyMemory = (): Memory => ({ typed: new TypedExpressions(), facts: new WeakMap(), placed: new WeakMap(), prompts: new WeakMap() });

/** Prepares a flow for the rules; nodes and prompts known from before are not read again. */
export function prepare(flow: Flow, environment: Environment, memory: Memory): CheckContext {
  const graphs = graphsOf(flow);
  const all = graphs.flatMap((graph) => Object.keys(graph.nodes).map((id) => placed(graph, id, memory)));
  const nodes = all.filter(isSound);
  const graph = callGraph(graphs, all);
  const byType = new Map<string, CheckedNode[]>();
  for (const node of nodes) {
    const same = byType.get(node.node.type);
    if (same) same.push(node);
    else byType.set(node.node.type, [node]);
  }
  const roots = all.flatMap(({ facts, graph: own }, place) => (facts.definition?.root && own.part === null ? [place] : []));
  const prompt = (key: string | undefined): PromptFacts | undefined => {
    const found = key !== undefined && Object.hasOwn(flow.prompts, key) ? flow.prompts[key] : undefined;
    return found && promptOf(found, memory);
  };
  memory.typed.take(flow, nodes);
  return {
    flow,
    environment,
    typed: (source) => memory.typed.of(source),
    graphs,
    all,
    nodes,
    byId: new Map(nodes.map((node) => [node.id, node])),
    graph,
    reachable: reach(graph.forward, [graph.start, ...roots]),
    ofType: (type) => byType.get(type) ?? [],
    prompt,
    sayMs: (key) => prompt(key)?.ms ?? 0,
  };
}

export const isSound = (node: PlacedNode): node is CheckedNode => node.facts.config !== undefined;

function placed(graph: Graph, id: string, memory: Memory): PlacedNode {
  const node = graph.nodes[id]!;
  const path = graph.prefix + id;
  const before = memory.placed.get(node);
  if (before && before.id === path && before.graph.part === graph.part) {
    before.graph = graph;
    return before;
  }
  let facts = memory.facts.get(node);
  if (!facts) memory.facts.set(node, (facts = safeFacts(node)));
  const { definition, config, exits } = facts;
  const made: PlacedNode & Partial<CheckedNode> = { id: path, node, graph, facts, ...(definition ? { definition } : {}), config, exits };
  memory.placed.set(node, made);
  return made;
}

/** A node type that fails by a bug on some config leaves the node unsound instead of the whole check undone. */
function safeFacts(node: FlowNode): NodeFacts {
  try {
    return nodeFacts(node);
  } catch {
    return nodeFacts({ ...node, type: "", config: {} });
  }
}

function promptOf(prompt: Prompt, memory: Memory): PromptFacts {
  let facts = memory.prompts.get(prompt);
  if (!facts) memory.prompts.set(prompt, (facts = promptFacts(prompt)));
  return facts;
}
