import { evaluate } from "../expressions/evaluate.ts";
import type { Value } from "../schema/values.ts";
import { scopeOf, type Context, type InnerScope } from "./context.ts";
import type { Container } from "./unit.ts";
import { assign, faulted, messageOf, save, without, type Patch } from "./patch.ts";

type OpenParams = { path: string; around?: string; scope: (InnerScope & { own: string; given: Record<string, string> }) | null };

/** An inner graph begins: an inlined flow gets variables of its own, its inputs from expressions of the flow around. */
export function open(context: Context, { path, around = "", scope }: OpenParams): Patch {
  const ready = { out: { ...context.out, [path]: { exit: "next" } } };
  if (!scope) return ready;
  const { own, vars, inputs, given } = scope;
  try {
    const view = scopeOf(context, around);
    const values = Object.entries(given).map(([name, source]): [string, Value] => [name, evaluate(source, view, context.language)]);
    return { ...ready, scopes: { ...context.scopes, [own]: { vars, inputs: { ...inputs, ...Object.fromEntries(values) } } } };
  } catch (error) {
    return faulted(context, path, { code: "expression", message: messageOf(error) });
  }
}

/** Takes a decision that is no exit of a node: nothing is journalled. */
export const pass = (context: Context, { path }: { path: string }): Patch => ({ out: without(context.out, path) });

type RestParams = Partial<Container> & Pick<Container, "path" | "exits" | "join"> & { outcome: string; around?: string; from?: string };

/** An inner graph has come to its end with an outcome: the node around it may leave. */
export function rest(context: Context, params: RestParams): Patch {
  return params.join === "flow" ? restFlow(context, params) : restBranch(context, params);
}

/** An outcome without an exit of its own leaves by `next`. */
const exitFor = (outcome: string, exits: readonly string[]): string => (outcome === "error" || exits.includes(outcome) ? outcome : "next");

function restFlow(context: Context, { path, outcome, exits, outputs = [], scope = "", around = "", from }: RestParams): Patch {
  const fault = from === undefined ? undefined : context.out[from]?.fault;
  const inner = context.scopes[scope]?.vars ?? context.vars;
  const values = Object.fromEntries(outputs.map((output) => [output.saveAs, inner[output.from] ?? null]));
  const out = { ...context.out, [path]: { exit: exitFor(outcome, exits), ...(fault ? { fault } : {}) } };
  return { ...save(context, path, around, values), out };
}

function restBranch(context: Context, { path, outcome, exits, join, branch = "", branches = [], saveAs, around = "", from }: RestParams): Patch {
  const fault = from === undefined ? undefined : context.out[from]?.fault;
  const out: Context["out"] = { ...context.out, [`${path}/${branch}`]: { exit: outcome, ...(fault ? { fault } : {}) } };
  const ended = branches.filter((name) => out[`${path}/${name}`]);
  if (join === "all" && ended.length < branches.length) return { out };
  const outcomeOf = (name: string) => out[`${path}/${name}`]!;
  const decisive = join === "all" ? ended.find((name) => outcomeOf(name).exit === "error") : ended[0];
  const exit = decisive === undefined ? "next" : join === "all" ? "error" : exitFor(outcomeOf(decisive).exit, exits);
  const why = exit === "error" && decisive !== undefined ? outcomeOf(decisive).fault : undefined;
  const told = Object.fromEntries((join === "all" ? ended : ended.slice(0, 1)).map((name) => [name, outcomeOf(name).exit]));
  return { ...(saveAs ? assign(context, around, { [saveAs]: told }) : {}), out: { ...out, [path]: { exit, ...(why ? { fault: why } : {}) } } };
}

/** A container is left: everything under its path goes (house.md §4.4). */
export function close(context: Context, { path }: { path: string }): Patch {
  const kept = <V>(record: Record<string, V>): Record<string, V> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !key.startsWith(`${path}/`)));
  const { pending, out, turns, tries } = context;
  return { pending: kept(pending), out: kept(out), turns: kept(turns), tries: kept(tries), scopes: without(kept(context.scopes), path) };
}
