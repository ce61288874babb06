import type { Flow, FlowNode } from "../schema/flow.ts";
import { graphsOf, type Graph } from "../schema/graph.ts";
import { turnsOf, type Aspect, type Seen } from "./aspects.ts";
import { callGraph, reach, rewired, type CallGraph, type Wiring } from "./call-graph.ts";
import { nodeFacts, type NodeFacts } from "./node-facts.ts";
import { promptFacts, type Prompt, type PromptFacts } from "./prompt-facts.ts";
import { TypedExpressions } from "./typed-expressions.ts";
import type { CheckContext, CheckedNode, Environment, PlacedNode } from "./rule.ts";

/** Data cached between checks, by the identity of the document objects. */
type Shape = { turn: string; wires: number; graph: CallGraph; reachable: Uint8Array };
type Kept = { turn: string; value: unknown };
export type Memory = {
  seen: Seen | null;
  shape: Shape | null;
  kept: Map<string, Kept>;
  wiring: Wiring;
  typed: TypedExpressions;
  placed: WeakMap<FlowNode, PlacedNode>;
  prompts: WeakMap<Prompt, PromptFacts>;
  lastPrompts: { of: Flow["prompts"]; facts: ReadonlyMap<string, PromptFacts> } | null;
};

export const emptyMemory = (): Memory => ({
  seen: null,
  shape: null,
  kept: new Map(),
  wiring: { ids: 0, known: [] },
  typed: new TypedExpressions(),
  placed: new WeakMap(),
  prompts: new WeakMap(),
  lastPrompts: null,
});

/** Prepares a flow for the rules; known nodes and prompts are not parsed again. */
export function prepare(flow: Flow, environment: Environment, memory: Memory): CheckContext {
  const graphs = graphsOf(flow);
  const all = graphs.flatMap((graph) => Object.keys(graph.nodes).map((id) => placed(graph, id, memory)));
  const nodes = all.filter(isSound);
  const seen: Seen = { all, flow, ...turnsOf(memory.seen, flow, all) };
  const { turns } = seen;
  memory.seen = seen;
  const byType = new Map<string, CheckedNode[]>();
  for (const node of nodes) {
    const same = byType.get(node.node.type);
    if (same) same.push(node);
    else byType.set(node.node.type, [node]);
  }
  const { graph, reachable } = shapeOf(graphs, seen, memory);
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
    kept<T>(name: string, needs: readonly Aspect[], make: () => T): T {
      const turn = needs.map((aspect) => turns[aspect]).join();
      let known = memory.kept.get(name);
      if (known?.turn !== turn) memory.kept.set(name, (known = { turn, value: make() }));
      // A cached entry is created by the single place that requests it.
      return known.value as T;
    },
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
  const facts = before?.facts ?? safeFacts(node);
  const { definition, config, exits } = facts;
  // A checked node if it is valid, see isSound; all have one shape.
  const made: Omit<CheckedNode, "definition"> & { definition: NodeFacts["definition"] } = { id: path, node, graph, facts, definition, config, exits };
  memory.placed.set(node, made);
  return made;
}

/** If a bug in a node type fails on a config, the node becomes invalid instead of aborting the check. */
function safeFacts(node: FlowNode): NodeFacts {
  try {
    return nodeFacts(node);
  } catch {
    return nodeFacts({ ...node, type: "", config: {} });
  }
}

/** Where calls can go; the same object as long as shape and wires are. */
function shapeOf(graphs: readonly Graph[], { all, turns, ids, rewired: places }: Seen, memory: Memory): Shape {
  const { shape, wiring } = memory;
  const turn = `${turns.shape} ${turns.head}`;
  if (shape?.turn === turn && shape.wires === turns.wires) return shape;
  wiring.ids = ids;
  // Only changes since the previous check are rewired.
  const near = shape?.turn === turn && shape.wires === turns.wires - 1;
  const graph = near ? rewired(shape.graph, all, places) : callGraph(graphs, all, wiring);
  const roots = all.flatMap(({ facts, graph: own }, place) => (facts.definition?.root && own.part === null ? [place] : []));
  return (memory.shape = { turn, wires: turns.wires, graph, reachable: reach(graph.forward, [graph.start, ...roots]) });
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
