import type { ShownField, ShownStep } from "../commands.ts";
import type { Value } from "../schema/values.ts";
import { checkField } from "./check-field.ts";
import type { Turn, Waiter, WaitView } from "./waiter.ts";

/** A step on the operator's screen: text typed is kept at once, an answer leaves it. */
export type ShowArgs = { step: ShownStep; saveAs: string };
export type ShowState = { values: Record<string, Value> };

export const show: Waiter<ShowArgs, ShowState> = {
  begin: (args, view) => turn(args, { values: known(args.step.fields, args.step.values) }, view),
  feed(args, state, _acts, event, view) {
    if ((event.type !== "fill" && event.type !== "choose") || event.id !== view.id) return null;
    const values = { ...state.values, ...known(args.step.fields, event.fields) };
    if (event.type === "fill") return turn(args, { values }, view);
    const kept = Object.fromEntries(args.step.fields.map((field) => [field.name, keptOf(field, values[field.name], view.country)]));
    const problem = problemOf(args.step, values, kept, event.answer);
    if (problem) return { ...turn(args, { values }, view), lines: [{ kind: "note", data: { rejected: event.answer, ...problem } }] };
    const chosen = args.saveAs && event.answer ? { [args.saveAs]: event.answer } : {};
    return { state: { values }, acts: {}, due: null, ahead: view.ahead, exit: event.answer || "next", values: { ...values, ...checked(kept), ...chosen } };
  },
  partial: (_args, state) => (Object.keys(state.values).length > 0 ? state.values : undefined),
};

function turn(args: ShowArgs, state: ShowState, view: WaitView): Turn<ShowState> {
  return { state, acts: { [view.id]: { do: "show", step: { ...args.step, values: state.values } } }, due: null, ahead: view.ahead };
}

function known(fields: ShownField[], values: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(fields.filter((field) => field.name in values).map((field) => [field.name, bounded(values[field.name]!)]));
}

const bounded = (value: Value): Value => (typeof value === "string" ? value.slice(0, 10_000) : value);

type Kept = Record<string, { value: Value } | null | undefined>;

const keptOf = (field: ShownField, value: Value | undefined, country: string) => (value === undefined ? undefined : checkField(field, value, country));
const checked = (kept: Kept): Record<string, Value> => Object.fromEntries(Object.entries(kept).flatMap(([name, item]) => (item ? [[name, item.value]] : [])));

function problemOf(step: ShownStep, values: Record<string, Value>, kept: Kept, answer: string): Record<string, Value> | null {
  const expected = step.answers.length === 0 ? answer === "" : step.answers.some((option) => option.value === answer);
  if (!expected) return { reason: "unknown-answer" };
  const missing = step.fields.filter((field) => field.required && isBlank(values[field.name])).map((field) => field.name);
  if (missing.length > 0) return { reason: "required", fields: missing };
  const wrong = Object.keys(kept).filter((name) => kept[name] === null);
  return wrong.length > 0 ? { reason: "invalid", fields: wrong } : null;
}

const isBlank = (value: Value | undefined): boolean => value === undefined || value === null || (typeof value === "string" && value.trim() === "");
