import type { Flow, FlowNode } from "../schema/flow.ts";
import { graphsOf, type Graph } from "../schema/graph.ts";
import { turnsOf, type Seen } from "./aspects.ts";
import { callGraph, reach, type CallGraph, type Wiring } from "./call-graph.ts";
import { nodeFacts, type NodeFacts } from "./node-facts.ts";
import { promptFacts, type Prompt, type PromptFacts } from "./prompt-facts.ts";
import { TypedExpressions } from "./typed-expressions.ts";
import type { CheckContext, CheckedNode, Environment, PlacedNode } from "./rule.ts";

/** What is kept from one check to the next, by the identity of the documents' own objects. */
type Shape = { turn: string; graph: CallGraph; reachable: Uint8Array };
export type Memory = {
  seen: Seen | null;
  shape: Shape | null;
  wiring: Wiring;
  typed: TypedExpressions;
  facts: WeakMap<FlowNode, NodeFacts>;
  placed: WeakMap<FlowNode, PlacedNode>;
  prompts: WeakMap<Prompt, PromptFacts>;
  lastPrompts: { of: Flow["prompts"]; facts: ReadonlyMap<string, PromptFacts> } | null;
};

export const emptyMemory = (): Memory => ({
  seen: null,
  shape: null,
  wiring: { ids: 0, of: new WeakMap() },
  typed: new TypedExpressions(),
  facts: new WeakMap(),
  placed: new WeakMap(),
  prompts: new WeakMap(),
  lastPrompts: null,
});

/** Prepares a flow for the rules; nodes and prompts known from before are not read again. */
export function prepare(flow: Flow, environment: Environment, memory: Memory): CheckContext {
  const graphs = graphsOf(flow);
  const all = graphs.flatMap((graph) => Object.keys(graph.nodes).map((id) => placed(graph, id, memory)));
  const nodes = all.filter(isSound);
  const { turns, ids } = turnsOf(memory.seen, flow, all);
  memory.seen = { all, flow, turns, ids };
  const byType = new Map<string, CheckedNode[]>();
  for (const node of nodes) {
    const same = byType.get(node.node.type);
    if (same) same.push(node);
    else byType.set(node.node.type, [node]);
  }
  const { graph, reachable } = shapeOf(graphs, all, `${turns.shape} ${turns.head}`, ids, memory);
  const prompts = promptsOf(flow, memory);
  const prompt = (key: string | undefined): PromptFacts | undefined => (key === undefined ? undefined : prompts.get(key));
  let places: Map<PlacedNode, number> | null = null;
  memory.typed.take(flow, nodes, `${turns.names} ${turns.head} ${turns.shape}`);
  return {
    flow,
    environment,
    typed: (source) => memory.typed.of(source),
    graphs,
    all,
    nodes,
    graph,
    reachable,
    turns,
    placeOf: (node) => (places ??= new Map(all.map((each, place) => [each, place]))).get(node) ?? -1,
    ofType: (type) => byType.get(type) ?? [],
    prompts,
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

/** Where calls can go; the same object as long as the shape is. */
function shapeOf(graphs: readonly Graph[], all: readonly PlacedNode[], turn: string, ids: number, memory: Memory): Shape {
  if (memory.shape?.turn === turn) return memory.shape;
  memory.wiring.ids = ids;
  const graph = callGraph(graphs, all, memory.wiring);
  const roots = all.flatMap(({ facts, graph: own }, place) => (facts.definition?.root && own.part === null ? [place] : []));
  return (memory.shape = { turn, graph, reachable: reach(graph.forward, [graph.start, ...roots]) });
}

/** Facts of all prompts; the same map as long as the document's prompts are the same object. */
function promptsOf({ prompts }: Flow, memory: Memory): ReadonlyMap<string, PromptFacts> {
  if (memory.lastPrompts?.of === prompts) return memory.lastPrompts.facts;
  const facts = new Map(Object.entries(prompts).map(([key, prompt]) => [key, promptOf(prompt, memory)]));
  memory.lastPrompts = { of: prompts, facts };
  return facts;
}

function promptOf(prompt: Prompt, memory: Memory): PromptFacts {
  let facts = memory.prompts.get(prompt);
  if (!facts) memory.prompts.set(prompt, (facts = promptFacts(prompt)));
  return facts;
}
