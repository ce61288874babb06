import type { PlayItem } from "../commands.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";
import { validDigits, type Validation } from "./validate-digits.ts";
import type { Acts, Turn, Waiter, WaitView } from "./waiter.ts";

/**
 * Menu and collect-digits: one reducer with the full retry semantics. Prompt, barge-in, first-input and
 * inter-digit timeouts, terminator, type-ahead, attempts with escalating no-input and invalid prompts.
 */
export type InputArgs = {
  items: PlayItem[];
  noInputItems: PlayItem[];
  invalidItems: PlayItem[];
  firstMs: number;
  interDigitMs: number;
  terminator: string;
  attempts: number;
  bargeIn: boolean;
  clearInput: boolean;
  saveAs: string;
  accept: { kind: "keys"; keys: { key: string; value: string }[]; repeatKey: string } | { kind: "digits"; min: number; max: number; validation: Validation };
};

export type InputState = { attempt: number; digits: string; phase: "prompt" | "wait"; plays: number };

type Verdict = { done: string; exit: string } | "more" | "invalid" | "repeat";

export const input: Waiter<InputArgs, InputState> = {
  begin(args, view) {
    const ahead = args.clearInput ? "" : view.ahead;
    const state: InputState = { attempt: 1, digits: "", phase: "prompt", plays: 0 };
    if (ahead !== "" && args.bargeIn) return consume(args, { ...state, phase: "wait" }, { ...view, ahead: "" }, ahead);
    return prompt(args, state, { ...view, ahead }, args.items);
  },
  feed(args, state, acts, event, view) {
    if (event.type === "played" && event.id in acts) return listen(args, state, view);
    if (event.type === "reply" && event.id in acts && event.fault) {
      return { state, acts: {}, due: null, ahead: view.ahead, exit: "error", fault: event.fault };
    }
    if (event.type === "tick" && state.phase === "wait") return timedOut(args, state, view);
    if (event.type !== "digit" || event.leg !== "A") return null;
    if (state.phase === "prompt" && !args.bargeIn) return { state, acts, due: null, ahead: view.ahead };
    return consume(args, { ...state, phase: "wait" }, view, event.digit);
  },
  partial: (args, state) => (state.digits && args.saveAs && args.accept.kind === "digits" ? { [args.saveAs]: state.digits } : undefined),
};

function prompt(args: InputArgs, state: InputState, view: WaitView, items: PlayItem[]): Turn<InputState> {
  if (items.length === 0) return listen(args, state, view);
  const plays = state.plays + 1;
  const acts: Acts = { [`${view.id}.${plays}`]: { do: "play", items } };
  return { state: { ...state, phase: "prompt", plays }, acts, due: null, ahead: view.ahead };
}

/** The prompt is over: wait for the first digit, taking what was typed ahead. */
function listen(args: InputArgs, state: InputState, view: WaitView): Turn<InputState> {
  const waiting: InputState = { ...state, phase: "wait" };
  if (view.ahead !== "" && !args.clearInput) return consume(args, waiting, { ...view, ahead: "" }, view.ahead);
  return { state: waiting, acts: {}, due: view.at + args.firstMs, ahead: "" };
}

/** Feeds digits one by one; what is left after a decision goes back to the type-ahead buffer. */
function consume(args: InputArgs, state: InputState, view: WaitView, digits: string): Turn<InputState> {
  let current = state;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits[i]!;
    const next = current.digits + digit;
    const verdict = judge(args, current.digits, digit);
    if (verdict === "more") {
      current = { ...current, digits: next };
      continue;
    }
    const rest = digits.slice(i + 1);
    if (verdict === "repeat") return prompt(args, { ...current, digits: "" }, { ...view, ahead: rest }, args.items);
    if (verdict === "invalid") return failed(args, { ...current, digits: next }, view, "invalid");
    return accepted(args, { ...current, digits: next }, view, verdict, rest, digit);
  }
  const ms = current.digits === "" ? args.firstMs : args.interDigitMs;
  return { state: current, acts: {}, due: view.at + ms, ahead: view.ahead };
}

function judge(args: InputArgs, before: string, digit: string): Verdict {
  return args.accept.kind === "keys" ? judgeKey(args, args.accept, before, digit) : judgeDigits(args, args.accept, before, digit);
}

type Keys = Extract<InputArgs["accept"], { kind: "keys" }>;
type Digits = Extract<InputArgs["accept"], { kind: "digits" }>;

function judgeKey(args: InputArgs, accept: Keys, before: string, digit: string): Verdict {
  const typed = before + digit;
  const exact = accept.keys.find((choice) => choice.key === typed);
  const longer = accept.keys.some((choice) => choice.key.startsWith(typed) && choice.key !== typed);
  if (exact && !longer) return { exit: exact.key, done: exact.value };
  if (exact || longer) return "more";
  if (digit === args.terminator && before !== "") {
    const whole = accept.keys.find((choice) => choice.key === before);
    return whole ? { exit: whole.key, done: whole.value } : "invalid";
  }
  return typed === accept.repeatKey && typed !== "" ? "repeat" : "invalid";
}

function judgeDigits(args: InputArgs, accept: Digits, before: string, digit: string): Verdict {
  if (args.terminator !== "" && args.terminator.includes(digit)) return checked(accept, before);
  const typed = before + digit;
  return typed.length >= accept.max || typed.length >= limits.digits ? checked(accept, typed) : "more";
}

function checked(accept: Digits, typed: string): Verdict {
  const enough = typed.length >= accept.min;
  return enough && validDigits(typed, accept.validation) ? { exit: "ok", done: typed } : "invalid";
}

function accepted(args: InputArgs, state: InputState, view: WaitView, verdict: { done: string; exit: string }, rest: string, last: string): Turn<InputState> {
  const full = args.accept.kind === "digits" && !args.terminator.includes(last) && args.terminator !== "";
  let ahead = rest;
  const swallowNow = full && rest !== "" && args.terminator.includes(rest[0]!);
  if (swallowNow) ahead = rest.slice(1);
  const swallow = full && rest === "" ? { swallow: { digit: args.terminator, until: view.at + args.interDigitMs } } : {};
  return {
    state,
    acts: {},
    due: null,
    ahead,
    exit: verdict.exit,
    ...swallow,
    ...(args.saveAs ? { values: { [args.saveAs]: verdict.done as Value } } : {}),
  };
}

function timedOut(args: InputArgs, state: InputState, view: WaitView): Turn<InputState> {
  if (state.digits === "") return failed(args, state, view, "noInput");
  if (args.accept.kind === "keys") {
    const whole = args.accept.keys.find((choice) => choice.key === state.digits);
    if (whole) return accepted(args, state, view, { exit: whole.key, done: whole.value }, "", "");
    return failed(args, state, view, "invalid");
  }
  const verdict = checked(args.accept, state.digits);
  if (typeof verdict === "string") return failed(args, state, view, "invalid");
  return { ...accepted(args, state, view, verdict, "", ""), swallow: undefined };
}

/** One attempt is over: leave by `why` after the last one, else say what went wrong and ask again. Clears what was typed ahead. */
function failed(args: InputArgs, state: InputState, view: WaitView, why: "noInput" | "invalid"): Turn<InputState> {
  const lines = [{ kind: "attempt" as const, data: { attempt: state.attempt, why, digits: state.digits } }];
  if (state.attempt >= args.attempts) return { state, acts: {}, due: null, ahead: "", exit: why, lines };
  const next: InputState = { ...state, attempt: state.attempt + 1, digits: "", phase: "prompt" };
  const sorry = why === "noInput" ? args.noInputItems : args.invalidItems;
  return { ...prompt(args, next, { ...view, ahead: "" }, [...sorry, ...args.items]), lines };
}
