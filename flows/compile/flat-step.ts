import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import type { CallEvent } from "../events.ts";
import { actions, type ActionName } from "./actions.ts";
import type { Context } from "./context.ts";
import { guards, type GuardName } from "./guards.ts";
import type { ActionJson, MachineJson, StateJson, TransitionJson } from "./machine.ts";

type Action = (context: Context, params: Record<string, unknown>, event: CallEvent) => Partial<Context>;
const noParams: Record<string, unknown> = {};
/** More moves than any step can make: the limit of nodes ends it long before. */
const mostMoves = 1_000;

/**
 * The step of a machine that stands in a plain state of its root and stays among plain states: the machine's own JSON is
 * walked, with the same actions and guards, in the order of SCXML (exit, transition, entry). Anything else, a container,
 * a hang-up, the end, is left to XState: null. Tested equal to XState's `transition()` at every step. `context` is the
 * step's own copy: actions return what changes, and it is changed in place.
 */
export function flatStep(
  machine: AnyStateMachine,
  json: MachineJson,
  snapshot: AnyMachineSnapshot,
  context: Context,
  event: CallEvent,
): AnyMachineSnapshot | null {
  const { value } = snapshot;
  if (typeof value !== "string" || event.type === "hangup") return null;
  let at = value;
  const now = context;
  apply(now, "feed", noParams, event);
  for (let moves = 0; moves < mostMoves; moves++) {
    const state = json.states[at]!;
    const taken = state.always?.find((transition) => passes(transition, now, event));
    if (!taken) return moved(machine, snapshot, at, value, now);
    const target = taken.target === undefined ? undefined : json.states[taken.target];
    if (!target || !isPlain(target)) return null;
    applyAll(now, state.exit, event);
    applyAll(now, taken.actions, event);
    applyAll(now, target.entry, event);
    at = taken.target!;
  }
  return null;
}

const isPlain = (state: StateJson): boolean => state.states === undefined && state.type === undefined;

function passes({ guard }: TransitionJson, context: Context, event: CallEvent): boolean {
  return guard === undefined || guards[guard.type as GuardName](context, (guard.params ?? noParams) as never, event);
}

function applyAll(context: Context, list: readonly ActionJson[] | undefined, event: CallEvent): void {
  if (list) for (const { type, params } of list) apply(context, type as ActionName, params ?? noParams, event);
}

function apply(context: Context, name: ActionName, params: Record<string, unknown>, event: CallEvent): void {
  const patch = (actions[name] as Action)(context, params, event) as Record<string, unknown>;
  // Faster than Object.assign on an object of this size.
  for (const key in patch) (context as unknown as Record<string, unknown>)[key] = patch[key];
}

function moved(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, to: string, from: string, context: Context): AnyMachineSnapshot {
  const nodes = to === from ? {} : { value: to, _nodes: [machine.root, machine.root.states[to]!] };
  return { ...snapshot, context, ...nodes } as AnyMachineSnapshot;
}
