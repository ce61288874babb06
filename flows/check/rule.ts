import type { NodeDefinition } from "../nodes/define-node.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import type { Graph } from "../schema/graph.ts";
import type { Issue } from "../schema/issue.ts";
import type { Aspect, Turns } from "./aspects.ts";
import type { CallGraph } from "./call-graph.ts";
import type { NodeFacts } from "./node-facts.ts";
import type { PromptFacts } from "./prompt-facts.ts";
import type { Typed } from "./typed-expressions.ts";

/** Symbols bound in the environment; absent = unknown, not checked. */
export type Environment = {
  lists?: string[];
  calendars?: string[];
  flows?: { id: string; kind: string }[];
  trunks?: string[];
  tables?: string[];
  switches?: string[];
  connectors?: string[];
  /** Languages with a voice; absent = unknown. */
  voices?: string[];
  /** Other flows by ID, as they would be inlined; the content of flows that are not listed is unknown. */
  documents?: Readonly<Record<string, Flow>>;
  /** Commands that this installation does not support in live calls yet; absent = unknown. */
  missingCommands?: readonly string[];
};

/** A node of the document, valid or not. `id` is its path: "greet", or "lookup/ask" in a part. */
export type PlacedNode = { id: string; node: FlowNode; graph: Graph; facts: NodeFacts };

/** A node with a valid type and config. */
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
  /** Nodes with a valid type and config. */
  nodes: readonly CheckedNode[];
  /** Where a call can go. */
  graph: CallGraph;
  /** Places that a call can reach: from the start and from nodes that start their own path. */
  reachable: Uint8Array;
  ofType(type: string): readonly CheckedNode[];
  /** Place of a node in `graph`. */
  placeOf(node: PlacedNode): number;
  /** What every prompt says, by its key. */
  prompts: ReadonlyMap<string, PromptFacts>;
  /** What a prompt says; undefined when there is no such prompt. */
  prompt(key: string | undefined): PromptFacts | undefined;
  /** Duration of a prompt in milliseconds, 65 ms per character; 0 if it does not exist. */
  sayMs(key: string | undefined): number;
  /**
   * A rule's result that depends on these aspects only, cached between checks. Nodes are identified by their places: the
   * objects differ each time.
   */
  kept<T>(name: string, needs: readonly Aspect[], make: () => T): T;
  /** The type of an expression with the names of this flow, or its error. */
  typed(source: string): Typed;
};

export type Finding = Omit<Issue, "flow" | "code" | "severity"> & { severity?: Issue["severity"] };
type RuleHead = { code: string; severity: Issue["severity"] };
/** A rule about the flow as a whole. */
export type FlowRule = RuleHead & {
  /** Its dependencies; absent = everything. */
  needs?: readonly Aspect[];
  check(context: CheckContext): Finding[];
};
/**
 * Data that a single-node rule may use besides the node: parts of the flow, not other nodes. Its findings are cached as
 * long as the node and these parts are the same objects.
 */
export type Around = {
  flow: Pick<Flow, "kind" | "languages" | "outcomes" | "prompts" | "inputs" | "variables" | "passport">;
  environment: Environment;
} & Pick<CheckContext, "prompt" | "sayMs">;
/** A single-node rule: it runs again only for changed nodes. */
export type NodeRule = RuleHead & {
  /** Node types it is about; absent = all. */
  types?: readonly string[];
  /** Uses the prompts: runs again when one of them has changed. */
  texts?: true;
  each(node: CheckedNode, around: Around): Finding[];
};
export type Rule = FlowRule | NodeRule;
