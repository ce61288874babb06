import { assign, createMachine, setup, type AnyStateMachine } from "xstate";
import { actions, type ActionName } from "./actions.ts";
import type { Context } from "./context.ts";
import { guards, type GuardName } from "./guards.ts";

/** One state of the compiled machine: plain JSON. */
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
type Implementation = (context: Context, params: Params, event: unknown) => void;

/** XState keeps its own contexts: each action gets a copy with its own list of lines. */
const ownContext = (context: Context): Context => ({ ...context, lines: [...(context.lines ?? [])] });

const assigned = Object.fromEntries(
  (Object.keys(actions) as ActionName[]).map((name) => {
    const implementation = actions[name] as Implementation;
    const action = assign(({ context, event }: { context: unknown; event: unknown }, params: unknown) => {
      const own = ownContext(context as Context);
      implementation(own, (params ?? {}) as Params, event);
      return own as never;
    });
    return [name, action];
  }),
);

const guarded = Object.fromEntries(
  (Object.keys(guards) as GuardName[]).map((name) => {
    const guard = guards[name] as (context: Context, params: never, event: unknown) => boolean;
    return [name, ({ context, event }: { context: unknown; event: unknown }, params: unknown) => guard(context as Context, (params ?? {}) as never, event)];
  }),
);

const sources = new WeakMap<AnyStateMachine, MachineJson>();

/** The JSON from which a machine was created. */
export const jsonOf = (machine: AnyStateMachine): MachineJson | undefined => sources.get(machine);

/** Creates the machine from its JSON with the named actions and guards. Cache the result per flow version. */
export function createFlowMachine(json: MachineJson): AnyStateMachine {
  const make = setup({ actions: assigned as never, guards: guarded as never }).createMachine as typeof createMachine;
  const machine = make(json as never) as AnyStateMachine;
  sources.set(machine, json);
  return machine;
}
