import type { CallEvent, Fault } from "../events.ts";
import { mediaCommands } from "../commands.ts";
import { evaluate, render } from "../expressions/evaluate.ts";
import type { Choice, DecideView } from "../nodes/define-node.ts";
import { deciders } from "../nodes/deciders.ts";
import { serviceName } from "../service-name.ts";
import { limits } from "../schema/limits.ts";
import type { Ended } from "../result.ts";
import type { Value } from "../schema/values.ts";
import { waiterOf, type WaiterName } from "../waiting/index.ts";
import type { Turn, WaitView } from "../waiting/waiter.ts";
import { assign, faulted, messageOf, save, tell, withKey, without } from "./change.ts";
import { close, open, pass, rest } from "./container-actions.ts";
import { scopeOf, startContext, type BeginParams, type Context, type DecideParams, type Pending, type StartInput } from "./context.ts";
import { endedIn, joiningOf } from "./ended-in.ts";
import { caught, fail, lost } from "./error-actions.ts";
import { resolve } from "./resolve.ts";

/**
 * The named actions of every compiled machine. Each one changes its context, which is the step's own copy: its
 * keys are set, `lines` grows, and every other record is replaced instead of changed, because snapshots share records.
 */
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
  callEnded,
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

export type { DecideParams } from "./context.ts";
export type AskParams = { path: string; waiter: WaiterName; args: unknown; exits: string[]; scope?: string };

function begin(context: Context, params: BeginParams, event: { input: StartInput }): void {
  Object.assign(context, startContext(params, event.input));
}

function enter(context: Context, params: { path: string }): void {
  context.entered++;
  context.enteredInAll++;
  tell(context, params.path, "entered");
  const tooMany = context.entered > limits.nodesPerStepHard || context.enteredInAll > limits.nodesPerCallHard;
  if (!tooMany) return;
  context.halted = true;
  context.fault = limitFault(context);
}

const limitFault = ({ entered, enteredInAll }: Context): Fault => ({
  code: "node-limit",
  message: entered > limits.nodesPerStep ? `${entered} nodes in one step` : `${enteredInAll} nodes in one call`,
});

/** Reported once, so that the `error` branch can run. The apology is exempt: its path starts with ~. */
function overLimit(context: Context, path: string): Fault | null {
  if (path.startsWith("~")) return null;
  const overStep = context.entered > limits.nodesPerStep && !context.toldStep;
  const overCall = context.enteredInAll > limits.nodesPerCall && !context.toldCall;
  context.toldStep ||= overStep;
  context.toldCall ||= overCall;
  return overStep || overCall ? limitFault(context) : null;
}

/** Starts a waiting command: renders its arguments and starts its reducer. */
function ask(context: Context, params: AskParams): void {
  const { path, waiter, exits, scope = "" } = params;
  const over = overLimit(context, path);
  if (over) return faulted(context, path, over);
  let args: unknown;
  try {
    args = resolve(params.args, scopeOf(context, scope), context.language);
  } catch (error) {
    return faulted(context, path, { code: "expression", message: messageOf(error) });
  }
  const id = `${path}#${++context.counter}`;
  dropHabit(context, waiter, args);
  const turn = waiterOf(waiter).begin(args, { id, at: context.now, ahead: context.ahead, country: context.country ?? "RU" });
  if (context.gone && needsLeg(turn)) return goneTurn(context, path, turn);
  tell(context, path, "ask", { id, waiter });
  heard(context, path, noActs, turn.acts);
  settleTurn(context, path, { id, waiter, scope, exits, args }, turn);
}

/** A # typed after a key before this command started is dropped, unless it is one of the command's own keys. */
function dropHabit(context: Context, waiter: WaiterName, args: unknown): void {
  const { swallow, ahead } = context;
  if (!swallow?.unlessWanted || ahead === "" || !swallow.digit.includes(ahead[0]!)) return;
  if (!waiterOf(waiter).wants?.(args, ahead[0]!)) context.ahead = ahead.slice(1);
  context.swallow = null;
}

const noActs: Turn<unknown>["acts"] = {};

const needsLeg = (turn: Turn<unknown>): boolean => Object.values(turn.acts).some((command) => mediaCommands.has(command.do) || command.do === "hangup");

/** After a hang-up media faults at once; a hang-up command is already done. */
function goneTurn(context: Context, path: string, turn: Turn<unknown>): void {
  const hangup = Object.values(turn.acts).every((command) => command.do === "hangup");
  if (hangup) context.out = withKey(context.out, path, { exit: "next" });
  else faulted(context, path, { code: "leg-gone", message: "the call has ended" });
}

type Asked = Pick<Pending, "id" | "waiter" | "scope" | "exits" | "args">;

/** Applies the result of a reducer step to the context. */
function settleTurn(context: Context, path: string, asked: Asked, turn: Turn<unknown>): void {
  if (turn.lines) for (const item of turn.lines) tell(context, path, item.kind, item.data);
  context.ahead = turn.ahead.slice(-limits.typeAhead);
  if (turn.swallow) context.swallow = turn.swallow;
  if (turn.exit === undefined) {
    const { id, waiter, scope, exits, args } = asked;
    context.pending = withKey(context.pending, path, { id, waiter, scope, exits, args, state: turn.state, acts: turn.acts, due: turn.due });
    return;
  }
  context.pending = without(context.pending, path);
  const known = asked.exits.includes(turn.exit) || turn.exit === "error";
  const fault: Fault | undefined = known ? turn.fault : { code: "unexpected-exit", message: `no exit "${turn.exit}"` };
  const exit = known ? turn.exit : "error";
  if (turn.values) save(context, path, asked.scope, turn.values, turn.secret);
  context.out = withKey(context.out, path, fault ? { exit, fault } : { exit });
  if (fault) tell(context, path, "fault", { ...fault });
}

/** A node that needs no waiting: a pure decision of its type. */
function decide(context: Context, params: DecideParams): void {
  const { path } = params;
  const over = overLimit(context, path);
  if (over) return faulted(context, path, over);
  if (params.paced && context.entered > limits.nodesBeforePause) return pause(context, params);
  decideNow(context, params);
}

/** A long-running loop decides in the next step, which is due at once: other calls get their turn, and the step limit applies to one turn. */
function pause(context: Context, params: DecideParams): void {
  const { path, scope = "", exits } = params;
  const asked: Asked = { id: `${path}#${++context.counter}`, waiter: "wait", scope, exits, args: { ms: 0 } };
  const pending: Pending = { ...asked, state: null, acts: {}, due: context.now, paused: params };
  context.pending = withKey(context.pending, path, pending);
}

function decideNow(context: Context, params: DecideParams): void {
  const { path, scope = "" } = params;
  let choice: Choice;
  try {
    choice = deciders(params.node)(params.args, decideView(context, path, scope));
  } catch (error) {
    return faulted(context, path, { code: "expression", message: messageOf(error) });
  }
  if (choice.notes) for (const data of choice.notes) tell(context, path, "note", data);
  if (choice.fault) return faulted(context, path, choice.fault);
  if (choice.values) save(context, path, scope, choice.values);
  if (choice.vars) assign(context, scope, choice.vars);
  if (choice.outcome !== undefined) context.outcome ??= choice.outcome;
  if (choice.patch) Object.assign(context, choice.patch);
  context.out = withKey(context.out, path, { exit: choice.exit });
}

function decideView(context: Context, path: string, scopePath: string): DecideView {
  const scope = scopeOf(context, scopePath);
  return {
    context,
    path,
    at: context.now,
    evaluate: (source, extra) => evaluate(source, extra ? scopeOf(context, scopePath, extra) : scope, context.language),
    render: (text) => render(text, scope, context.language),
  };
}

/** Passes an event to its pending command; unused keys are kept as type-ahead. */
function feed(context: Context, _params: unknown, event: CallEvent): void {
  if (event.type === "unfinished") return leaveUnfinished(context, event);
  if (event.type === "tick" && context.gone && context.gone.due <= event.at) {
    context.halted = true;
    return tell(context, "", "note", { hangupBudget: "used up" });
  }
  if (event.type === "digit" && swallowed(context, event)) {
    context.swallow = null;
    return;
  }
  for (const path in context.pending) if (feedOne(context, path, context.pending[path]!, event)) return;
  if (event.type !== "digit" || event.leg !== "A") return tellReply(context, nodeOf(event), event);
  context.ahead = (context.ahead + event.digit).slice(-limits.typeAhead);
  context.swallow = null;
}

function swallowed({ swallow, pending }: Context, event: Extract<CallEvent, { type: "digit" }>): boolean {
  if (swallow === null || !swallow.digit.includes(event.digit) || event.at > swallow.until) return false;
  return !swallow.unlessWanted || !Object.values(pending).some(({ waiter, args }) => waiterOf(waiter).wants?.(args, event.digit));
}

/** Runs one pending command; false if the event does not concern it. */
function feedOne(context: Context, path: string, pending: Pending, event: CallEvent): boolean {
  if (event.type === "tick" && (pending.due === null || pending.due > event.at)) return false;
  if (pending.paused) return event.type === "tick" && goOn(context, path, pending.paused);
  const view: WaitView = { id: pending.id, at: event.at, ahead: context.ahead, country: context.country ?? "RU" };
  const turn = waiterOf(pending.waiter).feed(pending.args, pending.state, pending.acts, event, view);
  if (!turn) return false;
  tellReply(context, path, event, pending.acts);
  heard(context, path, pending.acts, turn.acts);
  if (event.type === "digit") context.swallow = null;
  settleTurn(context, path, pending, turn);
  if (event.type === "reply" && event.result) context.lastRun = event.result as unknown as Record<string, Value>;
  return true;
}

/** A paused loop decides. */
function goOn(context: Context, path: string, params: DecideParams): true {
  context.pending = without(context.pending, path);
  decideNow(context, params);
  return true;
}

const nodeOf = (event: CallEvent): string => ("id" in event ? event.id.split("#")[0]! : "");

/** Journals a report. Without `acts` it is late: no command waits for it. */
function tellReply(context: Context, path: string, event: CallEvent, acts?: Turn<unknown>["acts"]): void {
  const lateMark: Record<string, Value> = acts ? {} : { late: true };
  if (event.type === "reply") {
    const command = acts?.[event.id];
    const service: Record<string, Value> = command ? { service: serviceName(command) } : {};
    tell(context, path, "reply", { id: event.id, exit: event.exit, ...service, ...journalled(event), ...lateMark });
  } else if (event.type === "recorded") {
    const { id, ms, speechMs, reason, recording } = event;
    tell(context, path, "reply", { id, ms, speechMs, reason, recording, ...lateMark });
  }
}

/** The content of a reply, so that a run can be replayed from its journal. */
function journalled(event: Extract<CallEvent, { type: "reply" }>): Record<string, Value> {
  return {
    ...(event.value === undefined ? {} : { value: event.value }),
    ...(event.fault ? { fault: { ...event.fault } } : {}),
    ...(event.result ? { result: event.result as unknown as Value } : {}),
  };
}

/** Journals the start of playback: one line per item. */
function heard(context: Context, path: string, before: Turn<unknown>["acts"], after: Turn<unknown>["acts"]): void {
  for (const id in after) {
    const command = after[id]!;
    if (command.do !== "play" || id in before) continue;
    for (const { prompt, text } of command.items) tell(context, path, "heard", { prompt, text });
  }
}

/** Input here is secret. */
export const isMasked = (pending: Pending): boolean => (pending.args as { masked?: boolean } | null)?.masked === true;

/** Leaves a node: cancels its pending command and saves partial values. `abandoned`: the node has this exit connected. */
function leave(context: Context, { path, abandoned }: { path: string; abandoned?: boolean }, event: CallEvent): void {
  const pending = context.pending[path];
  if (!pending) return;
  const partial = waiterOf(pending.waiter).partial?.(pending.args, pending.state, context.now);
  tell(context, path, "cancelled", { id: pending.id });
  if (event.type === "hangup") {
    const waited = !context.gone && abandoned && joiningOf(pending) === "waiting";
    tell(context, path, "left", { exit: waited ? "abandoned" : "hangup" });
    if (!context.gone) context.call = { ...context.call, endedIn: endedIn(context) };
  }
  save(context, path, pending.scope, partial, isMasked(pending));
  context.pending = without(context.pending, path);
}

/** Takes a decided exit. */
function take(context: Context, { path, exit }: { path: string; exit: string }): void {
  tell(context, path, "left", { exit });
  context.out = without(context.out, path);
  if (path in context.tries) context.tries = without(context.tries, path);
}

/** A node with retries starts again before its error exit is taken. */
function again(context: Context, { path }: { path: string }): void {
  const tries = (context.tries[path] ?? 0) + 1;
  tell(context, path, "left", { exit: "error" });
  tell(context, path, "attempt", { attempt: tries, why: "error", digits: "" });
  context.out = without(context.out, path);
  context.tries = withKey(context.tries, path, tries);
}

type HangupEvent = Extract<CallEvent, { type: "hangup" }>;

/** The first hang-up of an ivr: what follows has a budget and no media. */
function hungup(context: Context, params: { root?: boolean }, event: HangupEvent): void {
  if (context.gone) return;
  context.gone = { by: event.by, at: event.at, due: event.at + limits.hangupBudgetMs };
  markEnded(context, event);
  context.ahead = "";
  if (params.root) context.out = {};
}

/** The call of a script or strategy has ended; the flow continues to its own end. */
function callEnded(context: Context, _params: unknown, event: HangupEvent): void {
  if (context.call["ended"] !== true) markEnded(context, event);
}

function markEnded(context: Context, event: HangupEvent): void {
  context.call = { ...context.call, ended: true, endedBy: event.by, endedIn: endedIn(context) };
}

/** A card is left without a disposition: typed values are kept, and the run ends as `unfinished`. */
function leaveUnfinished(context: Context, event: Extract<CallEvent, { type: "unfinished" }>): void {
  context.halted = true;
  context.unfinished = true;
  tell(context, "", "note", { unfinished: event.why });
}

/** Sets the outcome of the flow, once. In `ivr` a hang-up that came first has decided it. */
function settle(context: Context, params: { outcome: string }): void {
  if (context.outcome === null) context.outcome = params.outcome || null;
}

/** The operator's disposition is the outcome of a script; it goes with the result. */
function dispose(context: Context, { path, exit }: { path: string; exit: string }): void {
  context.outcome ??= exit;
  tell(context, path, "result", { values: {}, disposition: exit });
}

function ending(context: Context): void {
  context.ending = true;
}

function end(context: Context): void {
  context.pending = {};
  tell(context, "", "end", { ended: endingOf(context), outcome: context.outcome });
}

/** Who ended the run. A script that outlived its call reports who hung up. */
function endingOf({ fault, gone, call, halted, unfinished }: Context): Ended {
  if (fault?.code === "node-limit" && halted) return "limit";
  if (fault) return "fault";
  if (unfinished) return "unfinished";
  const by = gone?.by ?? (call["ended"] === true ? call["endedBy"] : undefined);
  if (by === undefined) return "flow";
  return by === "operator" ? "operator-hangup" : "caller-hangup";
}
