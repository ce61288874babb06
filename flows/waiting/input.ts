import type { PlayItem } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import { sayAs, type Language } from "../language/index.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";
import { judge, verdictOfWhole, type Accept, type Verdict } from "./judge-input.ts";
import { matchPhrase } from "./match-phrase.ts";
import { keptValue } from "./validate-digits.ts";
import type { Acts, Swallow, Turn, Waiter, WaitView } from "./waiter.ts";

/**
 * Menu and collect-digits: one reducer with the full retry semantics. Prompt, barge-in, first-input and
 * inter-digit timeouts, terminator, type-ahead, keys and speech at once, read-back, attempts with escalating
 * no-input and invalid prompts.
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
  accept: Accept;
  /** Words that mean a key, listened for while keys are awaited. */
  speech?: { language: string; minConfidence: number; silenceMs: number; phrases: { key: string; words: string[] }[] };
  /** Reads the digits back and asks for `yes` or `no`. */
  confirm?: { before: PlayItem[]; after: PlayItem[]; as: "digits" | "number" | "phone" | "code"; language: string; yes: string; no: string };
  /** Digits are secret: never in the journal or the result. */
  masked?: boolean;
};

export type InputState = {
  attempt: number;
  digits: string;
  phase: "prompt" | "wait" | "readback" | "confirm";
  plays: number;
  due: number | null;
};

export const input: Waiter<InputArgs, InputState> = {
  begin(args, view) {
    const ahead = args.clearInput ? "" : view.ahead;
    const state: InputState = { attempt: 1, digits: "", phase: "prompt", plays: 0, due: null };
    if (ahead !== "" && args.bargeIn) return consume(args, { ...state, phase: "wait" }, { ...view, ahead: "" }, ahead);
    return prompt(args, state, { ...view, ahead }, args.items);
  },
  feed(args, state, acts, event, view) {
    if (event.type === "digit") return event.leg === "A" ? onDigit(args, state, acts, event.digit, view) : null;
    if (event.type === "tick") return state.due !== null && state.due <= event.at ? timedOut(args, state, view) : null;
    if (!("id" in event) || !(event.id in acts)) return null;
    if (event.type === "played") return state.phase === "readback" ? awaitConfirm(args, state, view) : listen(args, state, view);
    if (event.type === "speech") return args.speech ? spoken(args, state, event, view) : null;
    return event.type === "reply" && event.fault ? onFault(state, acts, event, view) : null;
  },
  wants: ({ accept, terminator }, digit) =>
    accept.kind === "keys"
      ? accept.repeatKey === digit || accept.keys.some(({ key }) => key.startsWith(digit))
      : accept.min === 0 && terminator.includes(digit),
  partial: (args, state) => (state.digits && args.saveAs && args.accept.kind === "digits" ? { [args.saveAs]: state.digits } : undefined),
};

function onDigit(args: InputArgs, state: InputState, acts: Acts, digit: string, view: WaitView): Turn<InputState> {
  if (state.phase === "readback" || state.phase === "confirm") return confirmKey(args, state, acts, digit, view);
  if (state.phase === "prompt" && !args.bargeIn) return { state, acts, due: null, ahead: view.ahead };
  return consume(args, { ...state, phase: "wait" }, view, digit);
}

const listenId = (view: WaitView, state: InputState): string => `${view.id}.s${state.attempt}`;

/** Phrases to listen for in addition to keys; none once a key was pressed. */
function ears(args: InputArgs, state: InputState, view: WaitView): Acts {
  if (!args.speech || state.digits !== "") return {};
  const { language, silenceMs, phrases } = args.speech;
  const hints = phrases.flatMap((phrase) => phrase.words);
  return { [listenId(view, state)]: { do: "listen", language, hints, maxMs: 15_000, silenceMs, noInputMs: 0 } };
}

function prompt(args: InputArgs, state: InputState, view: WaitView, items: PlayItem[]): Turn<InputState> {
  if (items.length === 0) return listen(args, state, view);
  const plays = state.plays + 1;
  const next: InputState = { ...state, phase: "prompt", plays, due: null };
  return {
    state: next,
    acts: { [`${view.id}.${plays}`]: { do: "play", items }, ...(args.bargeIn ? ears(args, next, view) : {}) },
    due: null,
    ahead: view.ahead,
  };
}

/** The prompt is over: wait for the first digit, taking what was typed ahead. */
function listen(args: InputArgs, state: InputState, view: WaitView): Turn<InputState> {
  const waiting: InputState = { ...state, phase: "wait" };
  if (view.ahead !== "" && !args.clearInput) return consume(args, waiting, { ...view, ahead: "" }, view.ahead);
  return waitMore(args, waiting, { ...view, ahead: "" }, args.firstMs);
}

function waitMore(args: InputArgs, state: InputState, view: WaitView, ms: number): Turn<InputState> {
  const due = view.at + ms;
  return { state: { ...state, due }, acts: ears(args, state, view), due, ahead: view.ahead };
}

/** A prompt that cannot be played is an error; a recogniser that is down leaves the keys. */
function onFault(state: InputState, acts: Acts, event: Extract<CallEvent, { type: "reply" }>, view: WaitView): Turn<InputState> {
  if (acts[event.id]?.do !== "listen") return { state, acts: {}, due: null, ahead: view.ahead, exit: "error", ...(event.fault ? { fault: event.fault } : {}) };
  const keys = Object.fromEntries(Object.entries(acts).filter(([id]) => id !== event.id));
  return { state, acts: keys, due: state.due, ahead: view.ahead, lines: [{ kind: "note", data: { speech: event.fault?.code ?? "network" } }] };
}

function spoken(args: InputArgs, state: InputState, event: Extract<CallEvent, { type: "speech" }>, view: WaitView): Turn<InputState> {
  const { phrases, minConfidence } = args.speech!;
  const index =
    event.confidence >= minConfidence
      ? matchPhrase(
          event.text,
          phrases.map((phrase) => phrase.words),
        )
      : -1;
  const verdict = index < 0 ? "invalid" : verdictOfWhole(args.accept, phrases[index]!.key);
  if (typeof verdict === "string") return failed(args, { ...state, digits: "" }, view, "invalid", event.text);
  return accepted(args, state, { ...view, ahead: "" }, verdict, "", "");
}

/** Feeds digits one by one; what is left after a decision goes back to the type-ahead buffer. */
function consume(args: InputArgs, state: InputState, view: WaitView, digits: string): Turn<InputState> {
  let current = state;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits[i]!;
    const next = current.digits + digit;
    const verdict = judge(args.accept, args.terminator, current.digits, digit);
    if (verdict === "more") {
      current = { ...current, digits: next };
      continue;
    }
    const rest = digits.slice(i + 1);
    if (verdict === "repeat") return prompt(args, { ...current, digits: "" }, { ...view, ahead: rest }, args.items);
    if (verdict === "invalid") return failed(args, { ...current, digits: next }, view, "invalid");
    return accepted(args, { ...current, digits: next }, view, verdict, rest, digit);
  }
  return waitMore(args, current, view, current.digits === "" ? args.firstMs : args.interDigitMs);
}

type Done = Exclude<Verdict, string>;

function accepted(args: InputArgs, state: InputState, view: WaitView, verdict: Done, rest: string, last: string): Turn<InputState> {
  if (args.confirm && args.accept.kind === "digits") return readBack(args, { ...state, digits: verdict.done }, view);
  const full = last !== "" && !args.terminator.includes(last) && args.terminator !== "";
  if (!full) return { ...over(args, state, verdict), ahead: rest };
  const habit: Swallow = { digit: args.terminator, until: view.at + args.interDigitMs };
  const swallowNow = rest !== "" && args.terminator.includes(rest[0]!);
  if (args.accept.kind === "keys") {
    const mayFollow = rest === "" || swallowNow;
    return { ...over(args, state, verdict), ahead: rest, ...(mayFollow ? { swallow: { ...habit, unlessWanted: true } } : {}) };
  }
  return { ...over(args, state, verdict), ahead: swallowNow ? rest.slice(1) : rest, ...(rest === "" ? { swallow: habit } : {}) };
}

function over(args: InputArgs, state: InputState, verdict: Done): Turn<InputState> {
  const kept = args.accept.kind === "digits" ? keptValue(verdict.done, args.accept.validation) : verdict.done;
  const values: Record<string, Value> = args.saveAs ? { [args.saveAs]: kept } : {};
  return { state, acts: {}, due: null, ahead: "", exit: verdict.exit, values, ...(args.masked ? { secret: true } : {}) };
}

/** «Вы ввели …. Верно — один, исправить — два.» */
function readBack(args: InputArgs, state: InputState, view: WaitView): Turn<InputState> {
  const { before, after, as, language } = args.confirm!;
  const say = sayAs(language as Language);
  const text = { digits: say.digits, code: say.code, phone: say.phone, number: (digits: string) => say.cardinal(Number(digits)) }[as](state.digits);
  const plays = state.plays + 1;
  const items: PlayItem[] = [...before, { prompt: "read-back", language, text: args.masked ? "" : text }, ...after].filter(
    (item) => item.text !== "" || item.audio,
  );
  return { state: { ...state, phase: "readback", plays, due: null }, acts: { [`${view.id}.${plays}`]: { do: "play", items } }, due: null, ahead: "" };
}

function awaitConfirm(args: InputArgs, state: InputState, view: WaitView): Turn<InputState> {
  const due = view.at + args.firstMs;
  return { state: { ...state, phase: "confirm", due }, acts: {}, due, ahead: view.ahead };
}

function confirmKey(args: InputArgs, state: InputState, acts: Acts, digit: string, view: WaitView): Turn<InputState> {
  const { yes, no } = args.confirm!;
  const swallow: Swallow = { digit: args.terminator || "#", until: view.at + args.interDigitMs, unlessWanted: true };
  if (digit === yes) return { ...over(args, state, { exit: "ok", done: state.digits }), swallow };
  if (digit === no) return prompt(args, { ...state, digits: "" }, view, args.items);
  return { state, acts, due: state.due, ahead: view.ahead };
}

function timedOut(args: InputArgs, state: InputState, view: WaitView): Turn<InputState> {
  if (state.phase === "confirm") return failed(args, { ...state, digits: "" }, view, "noInput");
  if (state.digits === "") return failed(args, state, view, "noInput");
  const verdict = verdictOfWhole(args.accept, state.digits);
  if (typeof verdict === "string") return failed(args, state, view, "invalid");
  const done = accepted(args, state, view, verdict, "", "");
  return done.exit === undefined ? done : { ...done, swallow: undefined };
}

/** One attempt is over: leave by `why` after the last one, else say what went wrong and ask again. Clears what was typed ahead. */
function failed(args: InputArgs, state: InputState, view: WaitView, why: "noInput" | "invalid", said = ""): Turn<InputState> {
  const data = { attempt: state.attempt, why, digits: args.masked ? "" : state.digits, ...(said ? { said: said.slice(0, limits.speechLength) } : {}) };
  const lines = [{ kind: "attempt" as const, data }];
  if (state.attempt >= args.attempts) return { state, acts: {}, due: null, ahead: "", exit: why, lines };
  const next: InputState = { ...state, attempt: state.attempt + 1, digits: "", phase: "prompt", due: null };
  const sorry = why === "noInput" ? args.noInputItems : args.invalidItems;
  return { ...prompt(args, next, { ...view, ahead: "" }, [...sorry, ...args.items]), lines };
}
