import { createActor, type AnyMachineSnapshot, type AnyStateMachine } from "xstate";
import type { Command } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import type { JournalLine } from "../result.ts";
import type { Value } from "../schema/values.ts";
import { flatStart, flatStep } from "./flat-step.ts";
import { isMasked } from "./actions.ts";
import type { Context, StartInput } from "./context.ts";

/** The persistent state of an instance: JSON. */
export type Saved = { value: unknown; context: Context; done: boolean };
export type Snapshot = AnyMachineSnapshot;

export type Step = {
  snapshot: Snapshot;
  /** Commands that the host must start, in order. */
  asks: { id: string; node: string; command: Command }[];
  /** IDs of commands that the host must cancel; their late reports are journalled and dropped. */
  cancels: string[];
  /** When to send `tick`, or null. */
  due: number | null;
  journal: JournalLine[];
  done: boolean;
};

type Scope = Parameters<AnyStateMachine["transition"]>[2];

const scopes = new WeakMap<AnyStateMachine, Scope>();

/** One inert scope per machine, reused, because XState's exported `transition()` creates an actor per event. */
function scopeOf(machine: AnyStateMachine): Scope {
  let scope = scopes.get(machine);
  if (!scope) {
    const self = createActor(machine, { input: { at: 0 } });
    const noop = () => {};
    scope = {
      self,
      id: "",
      sessionId: "",
      logger: noop,
      defer: noop,
      stopChild: noop,
      emit: noop,
      actionExecutor: noop,
      system: (self as unknown as { system: Scope["system"] }).system,
    } as unknown as Scope;
    scopes.set(machine, scope);
  }
  return scope;
}

/** Starts an instance: the snapshot after the first step. Throws only on a bug in a node or the compiler. */
export function start(machine: AnyStateMachine, input: StartInput): Step {
  const snapshot = flatStart(machine, input) ?? (machine.getInitialSnapshot(scopeOf(machine), input as never) as Snapshot);
  if (snapshot.status === "error") throw snapshot.error;
  return finish(snapshot, null, null);
}

/**
 * The pure step: returns the next snapshot and the commands, without performing them. Live calls, simulation,
 * recovery and replay all use it. A finished instance only journals.
 */
export function step(machine: AnyStateMachine, snapshot: Snapshot, event: CallEvent): Step {
  if (snapshot.status !== "active") return { snapshot, asks: [], cancels: [], due: null, journal: [], done: true };
  return finish(nextSnapshot(machine, snapshot, event), snapshot.context as Context, event);
}

/** Between plain states the machine's JSON is walked directly; XState does the rest (containers). */
function nextSnapshot(machine: AnyStateMachine, snapshot: Snapshot, event: CallEvent): Snapshot {
  const flat = flatStep(machine, snapshot, prepared(snapshot, event), event);
  if (flat) return flat;
  const next = machine.transition({ ...snapshot, context: prepared(snapshot, event) } as never, event as never, scopeOf(machine)) as Snapshot;
  if (next.status === "error") throw next.error;
  return next;
}

/** The step's own copy of the context with its own journal, for actions to write to. */
function prepared(snapshot: Snapshot, event: CallEvent): Context {
  const before = snapshot.context as Context;
  const lines: JournalLine[] = isStimulus(event) ? [{ at: event.at, node: "", kind: "stimulus", data: stimulus(event, before) }] : [];
  return { ...before, now: event.at, entered: 0, toldStep: false, lines };
}

const isStimulus = (event: CallEvent): boolean => event.type !== "tick" && event.type !== "played" && event.type !== "recorded" && event.type !== "reply";

/** A digit typed into a masked field is not written down. */
function stimulus(event: CallEvent, context: Context): Record<string, Value> {
  const { at: _at, ...data } = event as unknown as Record<string, Value> & { at: number };
  const secret = (event.type === "digit" || event.type === "speech") && Object.values(context.pending).some(isMasked);
  return secret ? { ...data, ...(event.type === "digit" ? { digit: "•" } : { text: "•••" }) } : data;
}

function finish(snapshot: Snapshot, before: Context | null, event: CallEvent | null): Step {
  const context = snapshot.context as Context;
  const finished = event && "id" in event && event.type !== "fill" && event.type !== "connected" ? event.id : null;
  const asks = begun(before?.pending ?? {}, context.pending);
  const cancels = before ? givenUp(before.pending, context.pending, finished) : [];
  const journal = context.lines;
  context.lines = [];
  const done = snapshot.status !== "active";
  return { snapshot, asks, cancels, due: done ? null : dueOf(context), journal, done };
}

type AllPending = Context["pending"];

/** Commands to start: acts that were not pending before. A script step shown again is requested again. */
function begun(before: AllPending, after: AllPending): Step["asks"] {
  const asks: Step["asks"] = [];
  for (const node in after) {
    const { acts } = after[node]!;
    const old = before[node]?.acts;
    if (acts === old) continue;
    for (const id in acts) {
      const command = acts[id]!;
      const same = old?.[id];
      if (!same || (command.do === "show" && command !== same)) asks.push({ id, node, command });
    }
  }
  return asks;
}

/** Ids of acts that are no longer wanted; the one that has just reported its end needs no cancelling. */
function givenUp(before: AllPending, after: AllPending, finished: string | null): string[] {
  const cancels: string[] = [];
  for (const node in before) {
    const old = before[node]!.acts;
    const acts = after[node]?.acts;
    if (acts !== old) for (const id in old) if (id !== finished && !(acts && id in acts)) cancels.push(id);
  }
  return cancels;
}

function dueOf({ gone, pending }: Context): number | null {
  let due = gone ? gone.due : Number.POSITIVE_INFINITY;
  for (const path in pending) {
    const own = pending[path]!.due;
    if (own !== null && own < due) due = own;
  }
  return due === Number.POSITIVE_INFINITY ? null : due;
}

/** The instance as JSON. */
export function save(snapshot: Snapshot): Saved {
  return { value: snapshot.value, context: snapshot.context as Context, done: snapshot.status !== "active" };
}

/** Restores a saved instance (XState's own persisted form damages data that looks like its markers). */
export function restore(machine: AnyStateMachine, saved: Saved): Snapshot {
  return machine.resolveState({ value: saved.value as never, context: saved.context as never, status: saved.done ? "done" : "active" }) as Snapshot;
}

/** The pending acts and the next deadline of a restored instance. */
export function resume(snapshot: Snapshot): Pick<Step, "asks" | "due"> {
  const context = snapshot.context as Context;
  return { asks: begun({}, context.pending), due: dueOf(context) };
}

/**
 * Back and jump of a script: the snapshot at a node's entry, with the text typed since then
 * kept as drafts and the command counter going on.
 */
export function rewind(machine: AnyStateMachine, mark: Saved, now: Snapshot, at: number): Step {
  const current = now.context as Context;
  const vars = { ...mark.context.vars, ...drafts(mark.context, current) };
  const typed = { ...current, vars };
  const pending = Object.fromEntries(Object.entries(mark.context.pending).map(([path, item], index) => [path, reopened(item, path, typed, index)]));
  const context: Context = {
    ...mark.context,
    pending,
    vars,
    call: current.call,
    gone: current.gone,
    now: at,
    counter: current.counter + Object.keys(pending).length,
    lines: [],
  };
  const snapshot = restore(machine, { ...mark, context });
  const back: JournalLine = { at, node: Object.keys(pending)[0] ?? "", kind: "note", data: { back: true } };
  const result = finish(snapshot, null, null);
  return { ...result, cancels: givenUp(current.pending, {}, null), journal: [back] };
}

/** Values captured or typed after the mark are kept, so that going forward again shows them. */
function drafts(mark: Context, current: Context): Record<string, Value> {
  const typed = Object.values(current.pending).map((item) => (item.waiter === "show" ? (item.state as { values: Record<string, Value> }).values : {}));
  const now: Record<string, Value> = Object.assign({}, current.vars, ...typed);
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== null && mark.vars[name] !== value));
}

function reopened(item: Context["pending"][string], path: string, current: Context, index: number): Context["pending"][string] {
  const id = `${path}#${current.counter + 1 + index}`;
  const args = item.args as { step?: { fields: { name: string }[]; values: Record<string, Value> } };
  const names = args.step?.fields.map((field) => field.name) ?? [];
  const typed = Object.fromEntries(names.filter((name) => current.vars[name] != null).map((name) => [name, current.vars[name]!]));
  const state = { ...(item.state as object), values: { ...(item.state as { values?: object }).values, ...typed } };
  const acts = Object.fromEntries(
    Object.values(item.acts).map((command) => [
      id,
      command.do === "show" ? { ...command, step: { ...command.step, values: state.values as Record<string, Value> } } : command,
    ]),
  );
  return { ...item, id, state, acts };
}
