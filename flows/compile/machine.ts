import { assign, createMachine, setup, type AnyStateMachine } from "xstate";
import { actions, type ActionName } from "./actions.ts";
import type { Context } from "./context.ts";

/** One state of the compiled machine: plain JSON (house.md §4.1). */
export type StateJson = {
  type?: "final" | "parallel";
  initial?: string;
  states?: Record<string, StateJson>;
  entry?: ActionJson[];
  exit?: ActionJson[];
  always?: TransitionJson[];
  on?: Record<string, TransitionJson[]>;
};
export type ActionJson = { type: string; params?: Record<string, unknown> };
export type TransitionJson = { target?: string; reenter?: boolean; guard?: ActionJson; actions?: ActionJson[] };
export type MachineJson = {
  id: string;
  context: Record<string, never>;
  entry: ActionJson[];
  initial: string;
  states: Record<string, StateJson>;
  on: Record<string, TransitionJson[]>;
  options: { maxIterations: number };
};

type Params = Record<string, unknown>;
type Implementation = (context: Context, params: Params, event: unknown) => Partial<Context>;

const assigned = Object.fromEntries(
  (Object.keys(actions) as ActionName[]).map((name) => {
    const implementation = actions[name] as Implementation;
    const action = assign(
      ({ context, event }: { context: unknown; event: unknown }, params: unknown) =>
        implementation(context as Context, (params ?? {}) as Params, event) as never,
    );
    return [name, action];
  }),
);

const guards = {
  took: ({ context }: { context: unknown }, params: unknown) => {
    const { path, exit } = params as { path: string; exit: string };
    return (context as Context).out[path]?.exit === exit;
  },
  /** The node may try again before its error exit is taken. */
  mayRetry: ({ context }: { context: unknown }, params: unknown) => {
    const { path, times } = params as { path: string; times: number };
    const { out, tries } = context as Context;
    return out[path]?.exit === "error" && (tries[path] ?? 0) < times;
  },
  mayCatch: ({ context }: { context: unknown }, params: unknown) => {
    const { path, exit, codes, times, code } = params as { path: string; exit: string; codes: string[]; times: number; code?: string };
    const { out, caught, gone } = context as Context;
    if (out[path]?.exit !== exit || caught >= times || gone !== null) return false;
    return codes.length === 0 || codes.includes(code ?? out[path]?.fault?.code ?? "bad-value");
  },
  hungBy: ({ context, event }: { context: unknown; event: unknown }, params: unknown) =>
    (context as Context).gone === null && (params as { by: string[] }).by.includes((event as { by: string }).by),
  halted: ({ context }: { context: unknown }) => (context as Context).halted,
  present: ({ context }: { context: unknown }) => (context as Context).gone === null,
};

/** Brings the JSON to life with the named actions and guards. Cache the result per flow version. */
export function createFlowMachine(json: MachineJson): AnyStateMachine {
  const make = setup({ actions: assigned as never, guards: guards as never }).createMachine as typeof createMachine;
  return make(json as never) as AnyStateMachine;
}
