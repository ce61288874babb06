import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import type { CallEvent } from "../events.ts";
import { startContext, type BeginParams, type Context, type StartInput } from "./context.ts";
import { flatPlan, type FlatEdge, type FlatPlan, type FlatState } from "./flat-plan.ts";

/** More moves than any step can make: the limit of nodes ends it long before. */
const mostMoves = 1_000;

/**
 * A step of a machine in a plain root state that moves only to plain states: the machine's own JSON is
 * walked, with the same actions and guards, in the order of SCXML (exit, transition, entry). Anything else, which is
 * containers, is left to XState: null. Tested equal to XState's `transition()` at every step. `context` is the step's own
 * copy, which actions change in place.
 */
export function flatStep(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, context: Context, event: CallEvent): AnyMachineSnapshot | null {
  const plan = flatPlan(machine);
  const from = plan && typeof snapshot.value === "string" ? plan.states.get(snapshot.value) : undefined;
  if (!plan || !from) return null;
  const edge = chosen(from.on[event.type], context, event) ?? chosen(plan.on[event.type] ?? plan.on["*"], context, event);
  const begun = edge ? follow(from, edge, context, event) : from;
  const to = begun && settled(begun, context, event);
  return to && moved(snapshot, to, context);
}

const nothing: BeginParams = { language: "ru", inputs: {}, vars: {} };
const blanks = new WeakMap<FlatPlan, AnyMachineSnapshot>();

/** The first step of an instance whose first node is a plain state, as XState would make it; else null. */
export function flatStart(machine: AnyStateMachine, input: StartInput): AnyMachineSnapshot | null {
  const plan = flatPlan(machine);
  if (!plan?.initial) return null;
  let blank = blanks.get(plan);
  if (!blank) blanks.set(plan, (blank = machine.resolveState({ value: plan.initial.name, context: {} }) as AnyMachineSnapshot));
  // Of the one shape that every context has, for the engine's sake: what is in it the entry sets.
  const context = startContext(nothing, input);
  const event = { type: "xstate.init", input } as unknown as CallEvent;
  act(plan.entry, context, event);
  act(plan.initial.entry, context, event);
  const to = settled(plan.initial, context, event);
  return to && moved(blank, to, context);
}

/** Follows the edges that need no event, until none is open. */
function settled(from: FlatState, context: Context, event: CallEvent): FlatState | null {
  let at = from;
  for (let moves = 0; moves < mostMoves; moves++) {
    const edge = at.final ? null : chosen(at.always, context, event);
    if (!edge) return at;
    const to = follow(at, edge, context, event);
    if (!to) return null;
    at = to;
  }
  return null;
}

function follow(from: FlatState, { target, acts }: FlatEdge, context: Context, event: CallEvent): FlatState | null {
  if (target === null) return null;
  if (target) act(from.exit, context, event);
  act(acts, context, event);
  if (target) act(target.entry, context, event);
  return target ?? from;
}

function chosen(edges: readonly FlatEdge[] | undefined, context: Context, event: CallEvent): FlatEdge | null {
  if (edges) for (const edge of edges) if (edge.passes === null || edge.passes(context, edge.params, event)) return edge;
  return null;
}

function act(list: FlatEdge["acts"], context: Context, event: CallEvent): void {
  for (const { run, params } of list) run(context, params, event);
}

function moved(snapshot: AnyMachineSnapshot, { name, final, nodes }: FlatState, context: Context): AnyMachineSnapshot {
  return { ...snapshot, context, value: name, _nodes: nodes, status: final ? "done" : "active" } as AnyMachineSnapshot;
}
