import { createActor, type AnyMachineSnapshot, type AnyStateMachine } from "xstate";
import type { Command } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import type { JournalLine } from "../result.ts";
import type { Value } from "../schema/values.ts";
import { flatStep } from "./flat-step.ts";
import { jsonOf } from "./machine.ts";
import { isMasked } from "./actions.ts";
import { actsOf, type Context, type StartInput } from "./context.ts";

/** What must be kept of an instance to go on: JSON. */
export type Saved = { value: unknown; context: Context; done: boolean };
export type Snapshot = AnyMachineSnapshot;

export type Step = {
  snapshot: Snapshot;
  /** Commands the world must begin, in order. */
  asks: { id: string; node: string; command: Command }[];
  /** Ids of commands the world must give up; their late reports are journalled and dropped. */
  cancels: string[];
  /** When to send `tick`, or null. */
  due: number | null;
  journal: JournalLine[];
  done: boolean;
};

type Scope = Parameters<AnyStateMachine["transition"]>[2];

const scopes = new WeakMap<AnyStateMachine, Scope>();

/** One inert scope per machine, reused: XState's exported `transition()` builds a throw-away actor per event. */
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
  const snapshot = machine.getInitialSnapshot(scopeOf(machine), input as never) as Snapshot;
  return finish(snapshot, new Map(), null);
}

/**
 * The pure step (house.md §4.9): next snapshot and what to do, nothing done. Live calls, simulation,
 * recovery and replay all use it. A finished instance only journals.
 */
export function step(machine: AnyStateMachine, snapshot: Snapshot, event: CallEvent): Step {
  const before = snapshot.context as Context;
  if (snapshot.status !== "active") return { snapshot, asks: [], cancels: [], due: null, journal: [], done: true };
  const lines: JournalLine[] = isStimulus(event) ? [{ at: event.at, node: "", kind: "stimulus", data: stimulus(event, before) }] : [];
  const next = nextSnapshot(machine, snapshot, lines, event);
  return finish(next, actsOf(before), event);
}

/** Between plain states the machine's JSON is walked directly; XState does the rest (containers, hang-up, the end). */
function nextSnapshot(machine: AnyStateMachine, snapshot: Snapshot, lines: JournalLine[], event: CallEvent): Snapshot {
  const prepared = (): Context => ({ ...(snapshot.context as Context), now: event.at, entered: 0, lines });
  const json = jsonOf(machine);
  const flat = json ? flatStep(machine, json, snapshot, prepared(), event) : null;
  if (flat) return flat;
  const next = machine.transition({ ...snapshot, context: prepared() } as never, event as never, scopeOf(machine)) as Snapshot;
  if (next.status === "error") throw next.error;
  return next;
}

const isStimulus = (event: CallEvent): boolean => event.type !== "tick" && event.type !== "played" && event.type !== "recorded" && event.type !== "reply";

/** A digit typed into a masked field is not written down. */
function stimulus(event: CallEvent, context: Context): Record<string, Value> {
  const { at: _at, ...data } = event as unknown as Record<string, Value> & { at: number };
  const secret = (event.type === "digit" || event.type === "speech") && Object.values(context.pending).some(isMasked);
  return secret ? { ...data, ...(event.type === "digit" ? { digit: "•" } : { text: "•••" }) } : data;
}

function finish(snapshot: Snapshot, before: ReturnType<typeof actsOf>, event: CallEvent | null): Step {
  const context = snapshot.context as Context;
  const after = actsOf(context);
  const asks: Step["asks"] = [];
  for (const [id, act] of after) {
    const same = before.get(id);
    if (!same || (act.command.do === "show" && act.command !== same.command)) asks.push({ id, ...act });
  }
  const finished = event && "id" in event && event.type !== "fill" && event.type !== "connected" ? event.id : null;
  const cancels = [...before.keys()].filter((id) => !after.has(id) && id !== finished);
  const journal = context.lines;
  context.lines = [];
  const done = snapshot.status !== "active";
  return { snapshot, asks, cancels, due: done ? null : dueOf(context), journal, done };
}

function dueOf(context: Context): number | null {
  let due = context.gone ? context.gone.due : Number.POSITIVE_INFINITY;
  for (const pending of Object.values(context.pending)) if (pending.due !== null) due = Math.min(due, pending.due);
  return due === Number.POSITIVE_INFINITY ? null : due;
}

/** The instance as JSON. */
export function save(snapshot: Snapshot): Saved {
  return { value: snapshot.value, context: snapshot.context as Context, done: snapshot.status !== "active" };
}

/** Brings a saved instance back (house.md §4.2: XState's own persisted form damages data that looks like its markers). */
export function restore(machine: AnyStateMachine, saved: Saved): Snapshot {
  return machine.resolveState({ value: saved.value as never, context: saved.context as never, status: saved.done ? "done" : "active" }) as Snapshot;
}

/** What a restored instance waits for: every pending act and the next deadline. */
export function resume(snapshot: Snapshot): Pick<Step, "asks" | "due"> {
  const context = snapshot.context as Context;
  return { asks: [...actsOf(context)].map(([id, act]) => ({ id, ...act })), due: dueOf(context) };
}

/**
 * Back and jump of a script (house.md §4.10): the snapshot at a node's entry, with the text typed since then
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
  const result = finish(snapshot, new Map(), null);
  return { ...result, cancels: [...actsOf(current).keys()], journal: [back] };
}

/** Values captured or typed after the mark stay known, so that going forward again shows them. */
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
