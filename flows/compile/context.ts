import type { Fault } from "../events.ts";
import type { Scope } from "../expressions/evaluate.ts";
import type { Language } from "../language/index.ts";
import { nowParts, type NowParts } from "../language/zoned.ts";
import type { JournalLine } from "../result.ts";
import type { Value } from "../schema/values.ts";
import type { Calendar } from "../schema/calendar.ts";
import type { WaiterName } from "../waiting/index.ts";
import type { Acts, Swallow } from "../waiting/waiter.ts";

/** A pending command, with enough data to continue after a restart. */
export type Pending = {
  id: string;
  waiter: WaiterName;
  /** The scope of its variables: "" or the path of a subflow. */
  scope: string;
  /** Exits the node has; any other becomes `error`. */
  exits: string[];
  args: unknown;
  state: unknown;
  acts: Acts;
  due: number | null;
  /** The pending decision of a loop that continues in a separate step. */
  paused?: DecideParams;
};

/** A node decision, as named by the compiled machine. `paced`: a loop, which may pause between iterations. */
export type DecideParams = { path: string; node: string; args: unknown; exits: string[]; scope?: string; paced?: boolean };

/** An exit chosen by a node, not taken yet. */
export type Decision = { exit: string; fault?: Fault };

/** Variables and inputs of one flow that plays inside another. */
export type InnerScope = { vars: Record<string, Value>; inputs: Record<string, Value> };

/** The complete state of one running flow. JSON only. */
export type Context = {
  vars: Record<string, Value>;
  result: Record<string, Value>;
  inputs: Record<string, Value>;
  call: Record<string, Value>;
  caller: Record<string, Value>;
  contact: Record<string, Value>;
  /** Who plays a script: name, gender. */
  operator: Record<string, Value>;
  calendars: Record<string, Calendar>;
  /** Scopes of subflows under way, by the path of their node. */
  scopes: Record<string, InnerScope>;
  language: Language;
  zone: string;
  /** ISO 3166 country of numbers without +; older contexts have none. */
  country?: string;
  now: number;
  /** One counter per instance: command ids are `<path>#<n>`. */
  counter: number;
  /** Nodes entered, in this step and in all. */
  entered: number;
  enteredInAll: number;
  /** The node limit was reported in this step and in this call: the handler may continue. */
  toldStep: boolean;
  toldCall: boolean;
  pending: Record<string, Pending>;
  /** Decisions not yet taken: path → exit. */
  out: Record<string, Decision>;
  /** Digits typed ahead on leg A, and a digit to drop. */
  ahead: string;
  swallow: Swallow | null;
  /** Set by the first hang-up of an ivr: its budget. Null in a script and a strategy, which outlive their call. */
  gone: { by: string; at: number; due: number } | null;
  outcome: string | null;
  fault: Fault | null;
  /** Iterations of `loop` nodes and attempts of nodes with retries, by path. */
  turns: Record<string, number>;
  tries: Record<string, number>;
  /** How many errors `on-error` has caught. */
  caught: number;
  halted: boolean;
  /** A branch has ended the call: the others follow. */
  ending: boolean;
  /** The operator, or time, left the card without a disposition. */
  unfinished: boolean;
  /** The CallResult of the flow that the last `dial` led to, for the `run-flow` node behind it. */
  lastRun: Record<string, Value> | null;
  /** Journal lines of the current step; taken out by `step`. */
  lines: JournalLine[];
};

/** The start data of an instance. All of it is JSON and journalled. */
export type StartInput = {
  at: number;
  language?: Language;
  /** IANA zone of the flow's clock. */
  zone?: string;
  /** ISO 3166 country of numbers without +. */
  country?: string;
  inputs?: Record<string, Value>;
  call?: Record<string, Value>;
  caller?: Record<string, Value>;
  contact?: Record<string, Value>;
  operator?: Record<string, Value>;
  calendars?: Record<string, Calendar>;
};

export type BeginParams = { language: Language; inputs: Record<string, Value>; vars: Record<string, Value> };

export function startContext(params: BeginParams, input: StartInput): Context {
  return {
    vars: { ...params.vars },
    result: {},
    inputs: { ...params.inputs, ...input.inputs },
    call: { ended: false, ...input.call },
    caller: { number: "", ...input.caller },
    contact: { ...input.contact },
    operator: { ...input.operator },
    calendars: input.calendars ?? {},
    scopes: {},
    language: input.language ?? params.language,
    zone: input.zone ?? "Europe/Moscow",
    country: input.country ?? "RU",
    now: input.at,
    counter: 0,
    entered: 0,
    enteredInAll: 0,
    toldStep: false,
    toldCall: false,
    pending: {},
    out: {},
    ahead: "",
    swallow: null,
    gone: null,
    outcome: null,
    fault: null,
    turns: {},
    tries: {},
    caught: 0,
    halted: false,
    ending: false,
    unfinished: false,
    lastRun: null,
    lines: [],
  };
}

/** The names visible to an expression. The clock is computed lazily: splitting an instant in a zone is expensive. */
class ScopeView {
  readonly inputs: Record<string, Value>;
  readonly vars: Record<string, Value>;
  readonly result: Record<string, Value>;
  readonly call: Record<string, Value>;
  readonly caller: Record<string, Value>;
  readonly contact: Record<string, Value>;
  readonly operator: Record<string, Value>;
  /** The time zone for reading written instants. */
  readonly callZone: string;
  private readonly at: number;

  constructor(context: Context, { inputs, vars }: InnerScope) {
    this.inputs = inputs;
    this.vars = vars;
    this.result = context.result;
    this.call = context.call;
    this.caller = context.caller;
    this.contact = context.contact;
    this.operator = context.operator;
    this.at = context.now;
    this.callZone = context.zone;
  }

  get now(): NowParts {
    return nowParts(this.at, this.callZone);
  }
}

/** The names visible to expressions in a scope; `extra` takes precedence. `now` is in the time zone of the flow. */
export function scopeOf(context: Context, path = "", extra?: Record<string, Value>): Scope {
  const { inputs, vars } = (path === "" ? undefined : context.scopes[path]) ?? context;
  return new ScopeView(context, { inputs, vars: extra ? { ...vars, ...extra } : vars });
}
