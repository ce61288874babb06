import type { z } from "zod";
import { exitsOf, playedPrompts, type NodeDefinition } from "../nodes/define-node.ts";
import { hangupExitsOf } from "../nodes/hangup-exits.ts";
import { nodeTypes } from "../nodes/index.ts";
import { splitTemplate } from "../expressions/template.ts";
import type { FlowNode } from "../schema/flow.ts";
import type { ValueType } from "../schema/values.ts";
import { expressionFacts, type Reference } from "./expression-references.ts";

/** One expression of a node's form: `offset` is its place in the text around it, `text` is true inside `{{ }}`. */
export type Piece = { path: string; source: string; type: string; offset: number; text: boolean };

/** All facts about a node that do not depend on the rest of the flow: computed once per node object. */
export type NodeFacts = {
  definition: NodeDefinition<unknown> | undefined;
  /** The config parsed by its schema; undefined if it is not valid. */
  config: unknown;
  problems: readonly z.core.$ZodIssue[];
  exits: readonly string[];
  /** Exits that only a hang-up takes. */
  hangupExits: readonly string[];
  prompts: readonly string[];
  pieces: readonly Piece[];
  /** References of its expressions (without its prompts), with the path of the field. */
  reads: readonly (Reference & { path: string })[];
  results: readonly { name: string; type: ValueType }[];
  outcomes: readonly string[];
  symbols: readonly { kind: string; name: string }[];
  jumps: readonly string[];
  graphs: readonly GraphRefFacts[];
};
export type GraphRefFacts = { name?: string; part?: string | undefined; flow?: string | undefined };

const nothing: readonly never[] = [];
const hangupOnly = ["hangup"];

export function nodeFacts(node: FlowNode): NodeFacts {
  const definition = Object.hasOwn(nodeTypes, node.type) ? nodeTypes[node.type] : undefined;
  const parsed = definition?.config.safeParse(node.config);
  return definition && parsed?.success ? soundFacts(definition, parsed.data) : unsoundFacts(definition, parsed?.error?.issues ?? nothing);
}

const unsoundFacts = (definition: NodeFacts["definition"], problems: NodeFacts["problems"]): NodeFacts => ({
  definition,
  config: undefined,
  problems,
  exits: nothing,
  hangupExits: hangupOnly,
  prompts: nothing,
  pieces: nothing,
  reads: nothing,
  results: nothing,
  outcomes: nothing,
  symbols: nothing,
  jumps: nothing,
  graphs: nothing,
});

/** All facts are present in one order for every type: objects of one shape are read fastest. */
function soundFacts(definition: NodeDefinition<unknown>, config: unknown): NodeFacts {
  const pieces = piecesOf(definition, config);
  return {
    definition,
    config,
    problems: nothing,
    exits: exitsOf(definition, config),
    hangupExits: hangupExitsOf(definition, config),
    prompts: playedPrompts(definition, config),
    pieces,
    reads:
      pieces.length === 0 ? nothing : pieces.flatMap(({ path, source }) => expressionFacts(source).references.map((reference) => ({ ...reference, path }))),
    results: definition.results?.(config) ?? nothing,
    outcomes: definition.outcomes?.(config) ?? nothing,
    symbols: definition.symbols?.(config) ?? nothing,
    jumps: definition.jumps?.(config) ?? nothing,
    graphs: definition.graphs?.(config) ?? nothing,
  };
}

function piecesOf(definition: NodeDefinition<unknown>, config: unknown): readonly Piece[] {
  const expressions = definition.expressions?.(config);
  if (!expressions || expressions.length === 0) return nothing;
  return expressions.flatMap(({ path, source, type, text }): Piece[] =>
    text ? textPieces(path, source) : [{ path, source, type: type ?? "dyn", offset: 0, text: false }],
  );
}

/** The expressions of a text with `{{ }}`. */
export function textPieces(path: string, text: string): Piece[] {
  if (!text.includes("{{")) return [];
  return splitTemplate(text).parts.flatMap((part) =>
    "expression" in part ? [{ path, source: part.expression, type: "dyn", offset: part.position, text: true }] : [],
  );
}
