import type { NodeDefinition } from "../nodes/define-node.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import type { Graph } from "../schema/graph.ts";
import type { Issue } from "../schema/issue.ts";
import type { Aspect, Turns } from "./aspects.ts";
import type { CallGraph } from "./call-graph.ts";
import type { NodeFacts } from "./node-facts.ts";
import type { PromptFacts } from "./prompt-facts.ts";
import type { Typed } from "./typed-expressions.ts";

/** Symbols the environment binds; absent = not known here, nothing is said about them. */
export type Environment = {
  lists?: string[];
  calendars?: string[];
  flows?: { id: string; kind: string }[];
  trunks?: string[];
  tables?: string[];
  switches?: string[];
  connectors?: string[];
  /** Languages with a voice; absent = not known here. */
  voices?: string[];
  /** Other flows by id, as they would be inlined; what one that is not among them does is not known here. */
  documents?: Readonly<Record<string, Flow>>;
  /** Commands that this installation cannot do in a real call yet; absent = not known. */
  missingCommands?: readonly string[];
};

/** A node of the document, sound or not. `id` is its path: "greet", or "lookup/ask" in a part. */
export type PlacedNode = { id: string; node: FlowNode; graph: Graph; facts: NodeFacts };

/** A node whose type and config are sound. */
export type CheckedNode = PlacedNode & { definition: NodeDefinition<unknown>; config: unknown; exits: readonly string[] };

/** A flow prepared once for all rules. */
export type CheckContext = {
  flow: Flow;
  environment: Environment;
  /** Counts of changes of each aspect since the checker began. */
  turns: Turns;
  graphs: readonly Graph[];
  /** Every node, in the order of the document; the places of `graph`. */
  all: readonly PlacedNode[];
  /** Those whose type and config are sound. */
  nodes: readonly CheckedNode[];
  /** Where a call can go. */
  graph: CallGraph;
  /** Places a call can get to: from the start, and from the nodes that begin a path of their own. */
  reachable: Uint8Array;
  ofType(type: string): readonly CheckedNode[];
  /** Place of a node in `graph`. */
  placeOf(node: PlacedNode): number;
  /** What every prompt says, by its key. */
  prompts: ReadonlyMap<string, PromptFacts>;
  /** What a prompt says; undefined when there is no such prompt. */
  prompt(key: string | undefined): PromptFacts | undefined;
  /** Milliseconds a prompt takes to say, 65 ms a character; 0 when there is none. */
  sayMs(key: string | undefined): number;
  /**
   * What a rule makes of these aspects alone, kept from one check to the next. Nodes are named by their places: the
   * objects are others each time.
   */
  kept<T>(name: string, needs: readonly Aspect[], make: () => T): T;
  /** The type of an expression among the names of this flow, or what is wrong with it. */
  typed(source: string): Typed;
};

export type Finding = Omit<Issue, "flow" | "code" | "severity"> & { severity?: Issue["severity"] };
type RuleHead = { code: string; severity: Issue["severity"] };
/** A rule about the flow as a whole. */
export type FlowRule = RuleHead & {
  /** What it depends on; absent = on everything. */
  needs?: readonly Aspect[];
  check(context: CheckContext): Finding[];
};
/**
 * What a rule about one node may look at besides the node: parts of the flow, not other nodes. Its findings are kept as
 * long as the node and these parts are the same objects.
 */
export type Around = {
  flow: Pick<Flow, "kind" | "languages" | "outcomes" | "prompts" | "inputs" | "variables" | "passport">;
  environment: Environment;
} & Pick<CheckContext, "prompt" | "sayMs">;
/** A rule about one node by itself: it is asked again only for nodes that have changed. */
export type NodeRule = RuleHead & {
  /** Node types it is about; absent = all. */
  types?: readonly string[];
  /** It looks at the prompts: asked again when one of them has changed. */
  texts?: true;
  each(node: CheckedNode, around: Around): Finding[];
};
export type Rule = FlowRule | NodeRule;
