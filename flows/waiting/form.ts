import type { PlayItem } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import { sayAs, type Language } from "../language/index.ts";
import type { Value } from "../schema/values.ts";
import { input, type InputArgs, type InputState } from "./input.ts";
import type { Acts, Turn, Waiter, WaitView } from "./waiter.ts";

/** One question of a form: the label is read in the summary. */
export type FormField = {
  name: string;
  label: string;
  required: boolean;
  as: "digits" | "number" | "phone" | "code" | "choice";
  choices: Record<string, string>;
  input: InputArgs;
};

/** Collect-form: questions one after another, then a summary that can be corrected field by field. */
export type FormArgs = {
  fields: FormField[];
  summary: { language: string; before: PlayItem[]; after: PlayItem[]; which: PlayItem[]; yes: string; no: string; waitMs: number } | null;
  attempts: number;
};

type Phase = "field" | "summary" | "accept" | "ask-which" | "which";
export type FormState = {
  phase: Phase;
  index: number;
  inner: InputState | null;
  correcting: boolean;
  values: Record<string, Value>;
  attempt: number;
  plays: number;
  due: number | null;
};

export const form: Waiter<FormArgs, FormState> = {
  begin: (args, view) => ask(args, { phase: "field", index: 0, inner: null, correcting: false, values: {}, attempt: 1, plays: 0, due: null }, view),
  feed(args, state, acts, event, view) {
    if (state.phase === "field") return feedField(args, state, acts, event, view);
    if (event.type === "reply" && event.id in acts && event.fault) return { ...rest(state, view), exit: "error", fault: event.fault, values: state.values };
    if (event.type === "played" && event.id in acts) return awaitKey(args, { ...state, phase: state.phase === "ask-which" ? "which" : "accept" }, view);
    if (event.type === "tick" && state.due !== null && state.due <= event.at) return unanswered(args, state, view);
    if (event.type !== "digit" || event.leg !== "A") return null;
    return key(args, state, acts, event.digit, view);
  },
  partial: (_args, state) => (Object.keys(state.values).length > 0 ? state.values : undefined),
};

const rest = (state: FormState, view: WaitView) => ({ state, acts: {}, due: null, ahead: view.ahead });
const innerView = (state: FormState, view: WaitView): WaitView => ({ ...view, id: `${view.id}.${state.index}.${state.plays}` });

function ask(args: FormArgs, state: FormState, view: WaitView): Turn<FormState> {
  const field = args.fields[state.index];
  if (!field) return summary(args, state, view);
  const next: FormState = { ...state, phase: "field", plays: state.plays + 1, due: null };
  return wrap(args, next, input.begin(field.input, innerView(next, view)), view);
}

function feedField(args: FormArgs, state: FormState, acts: Acts, event: CallEvent, view: WaitView): Turn<FormState> | null {
  const turn = input.feed(args.fields[state.index]!.input, state.inner!, acts, event, innerView(state, view));
  return turn && wrap(args, state, turn, view);
}

/** A turn of the question under way as a turn of the form. */
function wrap(args: FormArgs, state: FormState, turn: Turn<InputState>, view: WaitView): Turn<FormState> {
  const lines = turn.lines ? { lines: turn.lines } : {};
  const here: FormState = { ...state, inner: turn.state };
  if (turn.exit === undefined) return { state: here, acts: turn.acts, due: turn.due, ahead: turn.ahead, ...lines };
  if (turn.exit === "error")
    return { ...rest(here, view), ahead: turn.ahead, exit: "error", values: state.values, ...(turn.fault ? { fault: turn.fault } : {}), ...lines };
  const answered = turn.exit !== "noInput" && turn.exit !== "invalid";
  if (!answered && args.fields[state.index]!.required) return { ...unfinished(here, view), ahead: turn.ahead, ...lines };
  return onward(args, here, answered ? turn : { ...turn, values: {} }, view);
}

/** The question is done, answered or skipped: the next one, or the summary. */
function onward(args: FormArgs, state: FormState, turn: Turn<InputState>, view: WaitView): Turn<FormState> {
  const { name } = args.fields[state.index]!;
  const values = { ...state.values, [name]: turn.values?.[name] ?? state.values[name] ?? null };
  const index = state.correcting ? args.fields.length : state.index + 1;
  const habit = turn.swallow !== undefined && turn.ahead !== "" && turn.swallow.digit.includes(turn.ahead[0]!);
  const after = ask(args, { ...state, values, index, inner: null }, { ...view, ahead: habit ? turn.ahead.slice(1) : turn.ahead });
  return { ...after, ...(turn.swallow ? { swallow: turn.swallow } : {}), lines: [...(turn.lines ?? []), ...(after.lines ?? [])] };
}

const unfinished = (state: FormState, view: WaitView): Turn<FormState> => ({
  ...rest(state, view),
  exit: Object.values(state.values).some((value) => value !== null) ? "partial" : "noInput",
  values: state.values,
});

function summary(args: FormArgs, state: FormState, view: WaitView): Turn<FormState> {
  if (!args.summary) return { ...rest(state, view), exit: "ok", values: state.values };
  const { before, after, language } = args.summary;
  const lines = args.fields.flatMap((field): PlayItem[] => {
    const value = state.values[field.name];
    return value == null ? [] : [{ prompt: "read-back", language, text: `${field.label ? `${field.label}: ` : ""}${spoken(field, String(value), language)}` }];
  });
  return say(state, view, [...before, ...lines, ...after], "summary");
}

function spoken(field: FormField, value: string, language: string): string {
  const words = sayAs(language as Language);
  if (field.as === "choice") return field.choices[value] ?? value;
  if (field.as === "number") return words.cardinal(Number(value));
  return field.as === "phone" ? words.phone(value) : field.as === "code" ? words.code(value) : words.digits(value);
}

function say(state: FormState, view: WaitView, items: PlayItem[], phase: Phase): Turn<FormState> {
  const plays = state.plays + 1;
  return { state: { ...state, phase, plays, correcting: true, due: null }, acts: { [`${view.id}.${plays}`]: { do: "play", items } }, due: null, ahead: "" };
}

function awaitKey(args: FormArgs, state: FormState, view: WaitView): Turn<FormState> {
  const due = view.at + args.summary!.waitMs;
  return { state: { ...state, due }, acts: {}, due, ahead: view.ahead };
}

function key(args: FormArgs, state: FormState, acts: Acts, digit: string, view: WaitView): Turn<FormState> {
  const { yes, no, which } = args.summary!;
  if (state.phase === "which" || state.phase === "ask-which") {
    const index = Number(digit) - 1;
    return args.fields[index] ? ask(args, { ...state, index, inner: null }, view) : { state, acts, due: state.due, ahead: view.ahead };
  }
  if (digit === yes) return { ...rest(state, view), exit: "ok", values: state.values };
  if (digit !== no) return { state, acts, due: state.due, ahead: view.ahead };
  return which.length > 0 ? say(state, view, which, "ask-which") : ask(args, { ...state, correcting: false, index: 0, inner: null }, view);
}

function unanswered(args: FormArgs, state: FormState, view: WaitView): Turn<FormState> {
  const lines = [{ kind: "attempt" as const, data: { attempt: state.attempt, why: "noInput", digits: "" } }];
  if (state.attempt >= args.attempts) return { ...unfinished(state, view), lines };
  return { ...summary(args, { ...state, attempt: state.attempt + 1 }, view), lines };
}
