import type { z } from "zod";
import type { Context } from "../compile/context.ts";
import type { Kit } from "../compile/kit.ts";
import type { StateJson } from "../compile/machine.ts";
import type { Fault } from "../events.ts";
import type { FlowKind } from "../schema/flow.ts";
import { promptKeys } from "../schema/references.ts";
import type { Localized, Value, ValueType } from "../schema/values.ts";

/** Palette groups; each has one hue in the editor. */
export const nodeGroups = ["talk", "listen", "logic", "time", "data", "people", "outbound", "operator", "end"] as const;
export type NodeGroup = (typeof nodeGroups)[number];

/** What a pure node decided. */
export type Choice = {
  exit: string;
  /** Go to `vars` and to the result. */
  values?: Record<string, Value>;
  /** Go to `vars` only. */
  vars?: Record<string, Value>;
  outcome?: string;
  fault?: Fault;
  notes?: Record<string, Value>[];
  patch?: Partial<Context>;
};
export type DecideView = {
  context: Context;
  /** The node's path in the machine. */
  path: string;
  at: number;
  /** Evaluates CEL; `extra` are variables set a moment ago. Throws as `evaluate`. */
  evaluate(source: string, extra?: Record<string, Value>): Value;
  /** Renders a text with `{{ CEL }}`. */
  render(text: string): string;
};

/** What a flow names and the installation binds. */
export type SymbolKind = "list" | "calendar" | "flow" | "trunk" | "queue" | "table" | "switch" | "connector";

export type NodeDefinition<C = never> = {
  type: string;
  kinds: readonly FlowKind[];
  group: NodeGroup;
  /** Tabler icon name. */
  icon: string;
  title: Required<Localized>;
  config: z.ZodObject;
  /** Exit names in order; `error` is always there besides. A function when they depend on the config. */
  exits: readonly string[] | ((config: C) => readonly string[]);
  compile(config: C, kit: Kit): StateJson;
  /** The line on the card, in the caller's words where there is a prompt. */
  summary(config: C, text: (prompt: string | undefined) => string, language: string): string;
  /** Names this node can save, with their types. */
  results?(config: C): { name: string; type: ValueType }[];
  /** For nodes compiled with `kit.branch`. Throwing is an `expression` fault. */
  decide?(args: never, view: DecideView): Choice;
  /** Waits for the caller, the operator, time or the world: a cycle through it is not silent. */
  waits: boolean;
  /** Joins the caller with a person and tells when (`connected`): a hang-up before that can have an exit of its own. */
  joins?(config: C): boolean;
  /** Ends the flow; no exit has to be wired. */
  final?: boolean;
  /** Begins a path of its own: calls get here without an edge. Only in the flow's own graph, never in a part. */
  root?: boolean;
  /** Nodes it leads to besides its exits. */
  jumps?(config: C): string[];
  /** Inner graphs it plays: parts of this flow, or other flows. */
  graphs?(config: C): { name?: string; part?: string | undefined; flow?: string | undefined; version?: string | undefined }[];
  /** Prompt keys it plays, where these are not all that its form names. */
  prompts?(config: C): (string | undefined)[];
  /** Expressions and texts it evaluates, for the checks. `type` is what an expression must give. */
  expressions?(config: C): { path: string; source: string; type?: string; text?: boolean }[];
  /** Outcome it ends with. */
  outcomes?(config: C): string[];
  /** Symbols it needs from the environment. */
  symbols?(config: C): { kind: SymbolKind; name: string }[];
};

/** Declares one node type; checks nothing at run time, gives `compile` and the others the config's type. */
export function defineNode<S extends z.ZodObject>(definition: NodeDefinition<z.infer<S>> & { config: S }): NodeDefinition<unknown> {
  return definition as unknown as NodeDefinition<unknown>;
}

/** The prompt keys a node plays: those its form names, unless the definition says otherwise. A config that is not sound is read as far as it goes. */
export function playedPrompts(definition: NodeDefinition<unknown>, config: unknown): string[] {
  const named = definition.prompts ? definition.prompts(config) : promptKeys(definition.config, config);
  return named.filter((key): key is string => typeof key === "string" && key !== "");
}

/** Exits of a node with this config, in order, without `error` unless the type names it. */
export function exitsOf(definition: NodeDefinition<unknown>, config: unknown): readonly string[] {
  return typeof definition.exits === "function" ? definition.exits(config) : definition.exits;
}
