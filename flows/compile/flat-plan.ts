import type { AnyStateMachine } from "xstate";
import type { CallEvent } from "../events.ts";
import { actions, type ActionName } from "./actions.ts";
import type { Context } from "./context.ts";
import { guards, type GuardName } from "./guards.ts";
import { jsonOf, type ActionJson, type MachineJson, type StateJson, type TransitionJson } from "./machine.ts";

type Params = Record<string, unknown>;
type Act = { run: (context: Context, params: Params, event: CallEvent) => void; params: Params };
/** `target` undefined: nothing is left; null: somewhere that only XState can go. */
export type FlatEdge = {
  passes: ((context: Context, params: Params, event: CallEvent) => boolean) | null;
  params: Params;
  target: FlatState | null | undefined;
  acts: Act[];
};
/** A plain state of the root, or its end. */
export type FlatState = { name: string; final: boolean; entry: Act[]; exit: Act[]; always: FlatEdge[]; on: Record<string, FlatEdge[]>; nodes: unknown[] };
export type FlatPlan = { initial: FlatState | null; entry: Act[]; states: ReadonlyMap<string, FlatState>; on: Record<string, FlatEdge[]> };

const plans = new WeakMap<AnyStateMachine, FlatPlan>();
const noParams: Params = {};

/** The plain states of a machine with their actions and guards looked up once; null for a machine made elsewhere. */
export function flatPlan(machine: AnyStateMachine): FlatPlan | null {
  const known = plans.get(machine);
  if (known) return known;
  const json = jsonOf(machine);
  if (!json) return null;
  const plan = planOf(machine, json);
  plans.set(machine, plan);
  return plan;
}

function planOf(machine: AnyStateMachine, json: MachineJson): FlatPlan {
  const states = new Map<string, FlatState>();
  for (const [name, state] of Object.entries(json.states)) {
    if (state.states !== undefined || state.type === "parallel") continue;
    const nodes = [machine.root, machine.root.states[name]!];
    states.set(name, { name, final: state.type === "final", entry: acts(state.entry), exit: acts(state.exit), always: [], on: {}, nodes });
  }
  const edgesOf = (list: readonly TransitionJson[] | undefined) => (list ?? []).map((each) => edge(each, states));
  const onOf = (on: StateJson["on"] = {}) => Object.fromEntries(Object.entries(on).map(([type, list]) => [type, edgesOf(list)]));
  for (const [name, state] of states) {
    state.always = edgesOf(json.states[name]!.always);
    state.on = onOf(json.states[name]!.on);
  }
  return { initial: states.get(json.initial) ?? null, entry: acts(json.entry), states, on: onOf(json.on) };
}

const acts = (list: readonly ActionJson[] | undefined): Act[] =>
  (list ?? []).map(({ type, params }) => ({ run: actions[type as ActionName] as Act["run"], params: params ?? noParams }));

function edge({ guard, target, actions: list }: TransitionJson, states: ReadonlyMap<string, FlatState>): FlatEdge {
  return {
    passes: guard ? (guards[guard.type as GuardName] as FlatEdge["passes"]) : null,
    params: guard?.params ?? noParams,
    // A child of the root is named from the root (".hi"), from beside ("hi") or from anywhere ("#flow.hi").
    target: target === undefined ? undefined : (states.get(target.replace(/^(#flow)?\./, "")) ?? null),
    acts: acts(list),
  };
}
