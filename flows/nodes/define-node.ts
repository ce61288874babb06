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

/** The decision of a pure node. */
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
  /** Evaluates CEL; `extra` are variables that have just been set. Throws as `evaluate`. */
  evaluate(source: string, extra?: Record<string, Value>): Value;
  /** Renders a text with `{{ CEL }}`. */
  render(text: string): string;
};

/** Symbols named by a flow and bound by the installation. */
export type SymbolKind = "list" | "calendar" | "flow" | "trunk" | "queue" | "table" | "switch" | "connector";

export type NodeDefinition<C = never> = {
  type: string;
  kinds: readonly FlowKind[];
  group: NodeGroup;
  /** Tabler icon name. */
  icon: string;
  title: Required<Localized>;
  config: z.ZodObject;
  /** Exit names in order; `error` is always added. A function if they depend on the config. */
  exits: readonly string[] | ((config: C) => readonly string[]);
  compile(config: C, kit: Kit): StateJson;
  /** The summary line on the card; the prompt text if there is one. */
  summary(config: C, text: (prompt: string | undefined) => string, language: string): string;
  /** Names this node can save, with their types. */
  results?(config: C): { name: string; type: ValueType }[];
  /** For nodes compiled with `kit.branch`. Throwing is an `expression` fault. */
  decide?(args: never, view: DecideView): Choice;
  /** Waits for the caller, the operator, time or a service: a cycle through it is not silent. */
  waits: boolean;
  /** Connects the caller to a person and reports when (`connected`): an earlier hang-up can have its own exit. */
  joins?(config: C): boolean;
  /** Ends the flow; no exit has to be connected. */
  final?: boolean;
  /** Starts its own path: calls get here without an edge. Only in the main graph, never in a part. */
  root?: boolean;
  /** Nodes it leads to in addition to its exits. */
  jumps?(config: C): string[];
  /** Inner graphs it plays: parts of this flow, or other flows. */
  graphs?(config: C): { name?: string; part?: string | undefined; flow?: string | undefined; version?: string | undefined }[];
  /** Prompt keys it plays, if these are not all keys in its form. */
  prompts?(config: C): (string | undefined)[];
  /** Expressions and texts it evaluates, for the checks. `type` is the required type of an expression. */
  expressions?(config: C): { path: string; source: string; type?: string; text?: boolean }[];
  /** Outcome it ends with. */
  outcomes?(config: C): string[];
  /** Symbols it needs from the environment. */
  symbols?(config: C): { kind: SymbolKind; name: string }[];
};

/** Declares a node type; no run-time checks, only the type of the config for `compile` and the other functions. */
export function defineNode<S extends z.ZodObject>(definition: NodeDefinition<z.infer<S>> & { config: S }): NodeDefinition<unknown> {
  return definition as unknown as NodeDefinition<unknown>;
}

/** The prompt keys a node plays: those in its form, unless the definition says otherwise. An invalid config is read as far as possible. */
export function playedPrompts(definition: NodeDefinition<unknown>, config: unknown): string[] {
  const named = definition.prompts ? definition.prompts(config) : promptKeys(definition.config, config);
  return named.filter((key): key is string => typeof key === "string" && key !== "");
}

/** Exits of a node with this config, in order, without `error` unless the type names it. */
export function exitsOf(definition: NodeDefinition<unknown>, config: unknown): readonly string[] {
  return typeof definition.exits === "function" ? definition.exits(config) : definition.exits;
}
