import type { CallEvent, Fault } from "../events.ts";
import { mediaCommands } from "../commands.ts";
import { evaluate, render, type Scope } from "../expressions/evaluate.ts";
import type { DecideView } from "../nodes/define-node.ts";
import { deciders } from "../nodes/deciders.ts";
import type { JournalLine } from "../result.ts";
import { serviceName } from "../service-name.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";
import { waiterOf, type WaiterName } from "../waiting/index.ts";
import type { Turn, WaitView } from "../waiting/waiter.ts";
import { close, open, pass, rest } from "./container-actions.ts";
import { scopeOf, startContext, type BeginParams, type Context, type Pending, type StartInput } from "./context.ts";
import { caught, fail, lost } from "./error-actions.ts";
import { assign, faulted, line, messageOf, save, without, type Patch } from "./patch.ts";
import { resolve } from "./resolve.ts";

/** The named actions of every compiled machine. Each returns the changed parts of the context; none mutates. */
export const actions = {
  begin,
  enter,
  ask,
  decide,
  feed,
  leave,
  take,
  again,
  hungup,
  fail,
  caught,
  lost,
  settle,
  dispose,
  open,
  pass,
  rest,
  close,
  ending,
  end,
};
export type ActionName = keyof typeof actions;

export type AskParams = { path: string; waiter: WaiterName; args: unknown; exits: string[]; scope?: string };
export type DecideParams = { path: string; node: string; args: unknown; exits: string[]; scope?: string };

function begin(_context: Context, params: BeginParams, event: { input: StartInput }): Patch {
  return startContext(params, event.input);
}

function enter(context: Context, params: { path: string }): Patch {
  const entered = context.entered + 1;
  const enteredInAll = context.enteredInAll + 1;
  const lines = [...context.lines, line(context, params.path, "entered")];
  const tooMany = entered > limits.nodesPerStepHard || enteredInAll > limits.nodesPerCall + 50;
  if (tooMany) return { entered, enteredInAll, lines, halted: true, fault: limitFault(entered) };
  return { entered, enteredInAll, lines };
}

const limitFault = (entered: number): Fault => ({ code: "node-limit", message: `${entered} nodes in one step` });

/** The apology is exempt: its path begins with ~. */
function overLimit(context: Context, path: string): Fault | null {
  if (path.startsWith("~")) return null;
  const over = context.entered > limits.nodesPerStep || context.enteredInAll > limits.nodesPerCall;
  return over ? limitFault(context.entered) : null;
}

/** Starts a waiting command: arguments are rendered, its reducer begins. */
function ask(context: Context, params: AskParams): Patch {
  const { path, scope = "" } = params;
  const over = overLimit(context, path);
  if (over) return faulted(context, path, over);
  let args: unknown;
  try {
    args = resolve(params.args, scopeOf(context, scope), context.language);
  } catch (error) {
    return faulted(context, path, { code: "expression", message: messageOf(error) });
  }
  const counter = context.counter + 1;
  const id = `${path}#${counter}`;
  const view: WaitView = { id, at: context.now, ahead: context.ahead };
  const turn = waiterOf(params.waiter).begin(args, view);
  const pending: Pending = { id, waiter: params.waiter, scope, exits: params.exits, args, state: turn.state, acts: turn.acts, due: turn.due };
  if (context.gone && needsLeg(turn)) return { counter, ...goneTurn(context, path, turn) };
  const lines = [...context.lines, line(context, path, "ask", { id, waiter: params.waiter }), ...heard(context, path, {}, turn.acts)];
  const patch = settleTurn(context, lines, path, pending, turn);
  patch.counter = counter;
  return patch;
}

const needsLeg = (turn: Turn<unknown>): boolean => Object.values(turn.acts).some((command) => mediaCommands.has(command.do) || command.do === "hangup");

/** After a hang-up media faults at once; a hang-up command is already done. */
function goneTurn(context: Context, path: string, turn: Turn<unknown>): Patch {
  const hangup = Object.values(turn.acts).every((command) => command.do === "hangup");
  if (hangup) return { out: { ...context.out, [path]: { exit: "next" } } };
  return faulted(context, path, { code: "leg-gone", message: "the call has ended" });
}

/** Puts the outcome of a reducer's turn into the context; `lines` are the journal so far, its own copy. */
function settleTurn(context: Context, lines: JournalLine[], path: string, pending: Pending, turn: Turn<unknown>): Patch {
  if (turn.lines) for (const item of turn.lines) lines.push(line(context, path, item.kind, item.data));
  const base: Patch = { ahead: turn.ahead.slice(-limits.typeAhead), lines };
  if (turn.swallow) base.swallow = turn.swallow;
  if (turn.exit === undefined) {
    return { ...base, pending: { ...context.pending, [path]: { ...pending, state: turn.state, acts: turn.acts, due: turn.due } } };
  }
  const rest = { ...context.pending };
  delete rest[path];
  const known = pending.exits.includes(turn.exit) || turn.exit === "error";
  const fault: Fault | undefined = known ? turn.fault : { code: "unexpected-exit", message: `no exit "${turn.exit}"` };
  const exit = known ? turn.exit : "error";
  const saved = turn.values ? save({ ...context, lines }, path, pending.scope, turn.values, turn.secret) : {};
  const out = { ...context.out, [path]: fault ? { exit, fault } : { exit } };
  const faultLine = fault ? [line(context, path, "fault", { ...fault })] : [];
  return { ...base, ...saved, pending: rest, out, lines: [...(saved.lines ?? lines), ...faultLine] };
}

/** A node that needs no waiting: a pure decision of its type. */
function decide(context: Context, params: DecideParams): Patch {
  const { path, scope = "" } = params;
  const over = overLimit(context, path);
  if (over) return faulted(context, path, over);
  try {
    const choice = deciders(params.node)(params.args, decideView(context, path, scope));
    const notes = (choice.notes ?? []).map((data) => line(context, path, "note", data));
    const lines = notes.length > 0 ? [...context.lines, ...notes] : context.lines;
    if (choice.fault) return faulted({ ...context, lines }, path, choice.fault);
    const stored = choice.values ? save({ ...context, lines }, path, scope, choice.values) : {};
    const vars = choice.vars ? assign({ ...context, ...stored }, scope, choice.vars) : {};
    const end = choice.outcome === undefined || context.outcome !== null ? {} : { outcome: choice.outcome };
    return { lines, ...stored, ...vars, ...end, ...choice.patch, out: { ...context.out, [path]: { exit: choice.exit } } };
  } catch (error) {
    return faulted(context, path, { code: "expression", message: messageOf(error) });
  }
}

/** A scope that sees some variables set already; its clock stays lazy. */
const withVars = (scope: Scope, extra: Record<string, Value>): Scope =>
  Object.create(scope, { vars: { value: { ...(scope.vars as object), ...extra }, enumerable: true } }) as Scope;

function decideView(context: Context, path: string, scopePath: string): DecideView {
  const scope = scopeOf(context, scopePath);
  return {
    context,
    path,
    at: context.now,
    evaluate: (source, extra) => evaluate(source, extra ? withVars(scope, extra) : scope, context.language),
    render: (text) => render(text, scope, context.language),
  };
}

/** Gives an event to the pending command it concerns; keys nobody wants are kept as type-ahead. */
function feed(context: Context, _params: unknown, event: CallEvent): Patch {
  if (event.type === "tick" && context.gone && context.gone.due <= event.at) {
    return { halted: true, lines: [...context.lines, line(context, "", "note", { hangupBudget: "used up" })] };
  }
  if (event.type === "digit" && swallowed(context, event)) return { swallow: null };
  for (const [path, pending] of Object.entries(context.pending)) {
    const patch = feedOne(context, path, pending, event);
    if (patch) return event.type === "digit" ? { swallow: null, ...patch } : patch;
  }
  if (event.type === "digit" && event.leg === "A") return { ahead: (context.ahead + event.digit).slice(-limits.typeAhead), swallow: null };
  return { lines: [...context.lines, ...replyLine(context, nodeOf(event), event)] };
}

const swallowed = ({ swallow }: Context, event: Extract<CallEvent, { type: "digit" }>): boolean =>
  swallow !== null && swallow.digit.includes(event.digit) && event.at <= swallow.until;

/** One pending command's turn, or null when the event is not its business. */
function feedOne(context: Context, path: string, pending: Pending, event: CallEvent): Patch | null {
  if (event.type === "tick" && (pending.due === null || pending.due > event.at)) return null;
  const view: WaitView = { id: pending.id, at: event.at, ahead: context.ahead };
  const turn = waiterOf(pending.waiter).feed(pending.args, pending.state, pending.acts, event, view);
  if (!turn) return null;
  const lines = [...context.lines, ...replyLine(context, path, event, pending.acts), ...heard(context, path, pending.acts, turn.acts)];
  return { ...settleTurn(context, lines, path, pending, turn), ...lastRunOf(event) };
}

const lastRunOf = (event: CallEvent): Patch => (event.type === "reply" && event.result ? { lastRun: event.result as unknown as Record<string, Value> } : {});

const nodeOf = (event: CallEvent): string => ("id" in event ? event.id.split("#")[0]! : "");

/** Without `acts` the report is late: nobody waited for it. */
function replyLine(context: Context, path: string, event: CallEvent, acts?: Turn<unknown>["acts"]): JournalLine[] {
  const lateMark: Record<string, Value> = acts ? {} : { late: true };
  if (event.type === "reply") {
    const command = acts?.[event.id];
    const service: Record<string, Value> = command ? { service: serviceName(command) } : {};
    return [line(context, path, "reply", { id: event.id, exit: event.exit, ...service, ...journalled(event), ...lateMark })];
  }
  if (event.type !== "recorded") return [];
  const { id, ms, speechMs, reason, recording } = event;
  return [line(context, path, "reply", { id, ms, speechMs, reason, recording, ...lateMark })];
}

/** What a reply brought, so that a run can be replayed from its journal. */
function journalled(event: Extract<CallEvent, { type: "reply" }>): Record<string, Value> {
  return {
    ...(event.value === undefined ? {} : { value: event.value }),
    ...(event.fault ? { fault: { ...event.fault } } : {}),
    ...(event.result ? { result: event.result as unknown as Value } : {}),
  };
}

/** Journal of what begins to be played: one line per item. */
function heard(context: Context, path: string, before: Turn<unknown>["acts"], after: Turn<unknown>["acts"]): JournalLine[] {
  return Object.entries(after).flatMap(([id, command]) =>
    command.do !== "play" || id in before ? [] : command.items.map((item) => line(context, path, "heard", { prompt: item.prompt, text: item.text })),
  );
}

/** What is typed here is secret. */
export const isMasked = (pending: Pending): boolean => (pending.args as { masked?: boolean } | null)?.masked === true;

/** Leaves a node: a command still pending is cancelled and its partial saved. */
function leave(context: Context, params: { path: string }, event: CallEvent): Patch {
  const pending = context.pending[params.path];
  if (!pending) return {};
  const partial = waiterOf(pending.waiter).partial?.(pending.args, pending.state);
  const rest = { ...context.pending };
  delete rest[params.path];
  const exit = event.type === "hangup" ? [line(context, params.path, "left", { exit: "hangup" })] : [];
  const lines = [...context.lines, line(context, params.path, "cancelled", { id: pending.id }), ...exit];
  return { lines, ...save({ ...context, lines }, params.path, pending.scope, partial, isMasked(pending)), pending: rest };
}

/** Takes a decided exit. */
function take(context: Context, params: { path: string; exit: string }): Patch {
  const lines = [...context.lines, line(context, params.path, "left", { exit: params.exit })];
  const tries = params.path in context.tries ? { tries: without(context.tries, params.path) } : {};
  return { out: without(context.out, params.path), lines, ...tries };
}

/** The error exit of a node with retries, not taken yet: the node begins again. */
function again(context: Context, { path }: { path: string }): Patch {
  const tries = (context.tries[path] ?? 0) + 1;
  const lines = [
    ...context.lines,
    line(context, path, "left", { exit: "error" }),
    line(context, path, "attempt", { attempt: tries, why: "error", digits: "" }),
  ];
  return { out: without(context.out, path), tries: { ...context.tries, [path]: tries }, lines };
}

/** The first hang-up: what follows has a budget and no media. */
function hungup(context: Context, params: { root?: boolean }, event: Extract<CallEvent, { type: "hangup" }>): Patch {
  if (context.gone) return {};
  const gone = { by: event.by, at: event.at, due: event.at + limits.hangupBudgetMs };
  return { gone, call: { ...context.call, ended: true, endedBy: event.by }, ahead: "", ...(params.root ? { out: {} } : {}) };
}

/** Sets the outcome of the flow, once. In `ivr` a hang-up that came first has decided it. */
function settle(context: Context, params: { outcome: string }): Patch {
  return context.outcome === null ? { outcome: params.outcome || null } : {};
}

/** The operator's disposition is the outcome of a script; it goes with the result. */
function dispose(context: Context, params: { path: string; exit: string }): Patch {
  return { outcome: context.outcome ?? params.exit, lines: [...context.lines, line(context, params.path, "result", { values: {}, disposition: params.exit })] };
}

function ending(): Patch {
  return { ending: true };
}

function end(context: Context): Patch {
  const by = context.gone?.by === "operator" ? "operator-hangup" : "caller-hangup";
  const limit = context.fault?.code === "node-limit" && context.halted;
  const ended = limit ? "limit" : context.fault ? "fault" : context.gone ? by : "flow";
  return { pending: {}, lines: [...context.lines, line(context, "", "end", { ended, outcome: context.outcome })] };
}
