import { evaluate } from "../expressions/evaluate.ts";
import type { Value } from "../schema/values.ts";
import { assign, faulted, messageOf, save, withKey, without } from "./change.ts";
import { scopeOf, type Context, type InnerScope } from "./context.ts";
import type { Container } from "./unit.ts";

type OpenParams = { path: string; around?: string; scope: (InnerScope & { own: string; given: Record<string, string> }) | null };

/** Starts an inner graph: an inlined flow gets its own variables, and its inputs from expressions of the outer flow. */
export function open(context: Context, { path, around = "", scope }: OpenParams): void {
  if (scope) {
    const { own, vars, inputs, given } = scope;
    try {
      const view = scopeOf(context, around);
      const values = Object.entries(given).map(([name, source]): [string, Value] => [name, evaluate(source, view, context.language)]);
      context.scopes = withKey(context.scopes, own, { vars, inputs: { ...inputs, ...Object.fromEntries(values) } });
    } catch (error) {
      return faulted(context, path, { code: "expression", message: messageOf(error) });
    }
  }
  context.out = withKey(context.out, path, { exit: "next" });
}

/** Takes a decision that is not a node exit, without journalling it. */
export function pass(context: Context, { path }: { path: string }): void {
  context.out = without(context.out, path);
}

type RestParams = Partial<Container> & Pick<Container, "path" | "exits" | "join"> & { outcome: string; around?: string; from?: string };

/** An inner graph has ended with an outcome: the outer node can leave. */
export function rest(context: Context, params: RestParams): void {
  if (params.join === "flow") restFlow(context, params);
  else restBranch(context, params);
}

/** An outcome without its own exit leaves by `next`. */
const exitFor = (outcome: string, exits: readonly string[]): string => (outcome === "error" || exits.includes(outcome) ? outcome : "next");

function restFlow(context: Context, { path, outcome, exits, outputs = [], scope = "", around = "", from }: RestParams): void {
  const fault = from === undefined ? undefined : context.out[from]?.fault;
  const inner = context.scopes[scope]?.vars ?? context.vars;
  const values = Object.fromEntries(outputs.map((output) => [output.saveAs, inner[output.from] ?? null]));
  save(context, path, around, values);
  context.out = withKey(context.out, path, { exit: exitFor(outcome, exits), ...(fault ? { fault } : {}) });
}

function restBranch(context: Context, params: RestParams): void {
  const { path, outcome, branch = "", branches = [], saveAs, around = "", from } = params;
  const fault = from === undefined ? undefined : context.out[from]?.fault;
  const out = withKey(context.out, `${path}/${branch}`, { exit: outcome, ...(fault ? { fault } : {}) });
  context.out = out;
  const ended = branches.filter((name) => out[`${path}/${name}`]);
  const outcomeOf = (name: string) => out[`${path}/${name}`]!;
  const joined = (params.join === "all" ? joinAll : joinFirst)(ended, branches, outcomeOf, params.exits);
  if (!joined) return;
  const told = Object.fromEntries(joined.told.map((name) => [name, outcomeOf(name).exit]));
  const why = joined.exit === "error" && joined.decisive !== undefined ? outcomeOf(joined.decisive).fault : undefined;
  if (saveAs) assign(context, around, { [saveAs]: told });
  context.out = withKey(out, path, { exit: joined.exit, ...(why ? { fault: why } : {}) });
}

type OutcomeOf = (branch: string) => Context["out"][string];
type Joined = { exit: string; decisive: string | undefined; told: string[] };

/** `parallel`: every branch has to end; one error is enough for `error`. */
function joinAll(ended: string[], branches: readonly string[], outcomeOf: OutcomeOf): Joined | null {
  if (ended.length < branches.length) return null;
  const decisive = ended.find((name) => outcomeOf(name).exit === "error");
  return { exit: decisive === undefined ? "next" : "error", decisive, told: ended };
}

/** `race`: the first in the order of branches among those that have ended. */
function joinFirst(ended: string[], _branches: readonly string[], outcomeOf: OutcomeOf, exits: readonly string[]): Joined | null {
  const [decisive] = ended;
  return decisive === undefined ? null : { exit: exitFor(outcomeOf(decisive).exit, exits), decisive, told: [decisive] };
}

/** Leaves a container: everything under its path is removed. */
export function close(context: Context, { path }: { path: string }): void {
  const kept = <V>(record: Record<string, V>): Record<string, V> => Object.fromEntries(Object.entries(record).filter(([key]) => !key.startsWith(`${path}/`)));
  context.pending = kept(context.pending);
  context.out = kept(context.out);
  context.turns = kept(context.turns);
  context.tries = kept(context.tries);
  context.scopes = without(kept(context.scopes), path);
}
