import type { PlayItem } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import type { Value } from "../schema/values.ts";
import { speech, type SpeechArgs, type SpeechState } from "./speech.ts";
import type { Turn, Waiter, WaitView } from "./waiter.ts";

type Person = { name: string; number: string; extension: string };

export type DirectoryArgs = {
  items: PlayItem[];
  noInputItems: PlayItem[];
  invalidItems: PlayItem[];
  people: Person[];
  /** Further people from an expression: anything that is not a list of maps with a name and a number is left out. */
  more: Value;
  language: string;
  attempts: number;
  firstMs: number;
  saveAs: string;
};
export type DirectoryState = { inner: SpeechState; digits: string; due: number | null };

const interDigitMs = 3_000;
const most = 500;

/** Finds a person in a directory by spoken name or extension; # ends the extension. */
export const directory: Waiter<DirectoryArgs, DirectoryState> = {
  begin: (args, view) => wrap(args, { digits: "", due: null }, speech.begin(speechArgs(args), view), view),
  feed(args, state, acts, event, view) {
    if (event.type === "digit" && event.leg === "A") {
      if (event.digit === "#" && state.digits !== "") return byExtension(args, state, view);
      const due = view.at + interDigitMs;
      return { state: { ...state, digits: (state.digits + event.digit).slice(0, 20), due }, acts: {}, due, ahead: view.ahead };
    }
    if (event.type === "tick" && state.due !== null && state.due <= event.at) return byExtension(args, state, view);
    // Without speech recognition, extensions still work.
    const deaf = event.type === "reply" && event.id in acts && event.fault !== undefined && acts[event.id]?.do === "listen";
    if (deaf) return { state: { ...state, due: view.at + args.firstMs * 2 }, acts: without(acts, event), due: view.at + args.firstMs * 2, ahead: view.ahead };
    const turn = speech.feed(speechArgs(args), state.inner, acts, event, view);
    return turn && wrap(args, state, turn, view);
  },
};

const without = (acts: Record<string, unknown>, event: CallEvent) =>
  Object.fromEntries(Object.entries(acts).filter(([id]) => !("id" in event) || id !== event.id)) as Turn<DirectoryState>["acts"];

function peopleOf({ people, more }: DirectoryArgs): Person[] {
  const found = (Array.isArray(more) ? more : []).flatMap((item): Person[] => {
    if (typeof item !== "object" || item === null || Array.isArray(item) || !item["name"] || !item["number"]) return [];
    return [{ name: String(item["name"]), number: String(item["number"]), extension: String(item["extension"] ?? "") }];
  });
  return [...people, ...found].slice(0, most);
}

function speechArgs(args: DirectoryArgs): SpeechArgs {
  const { items, noInputItems, invalidItems, language, attempts, firstMs } = args;
  // The whole name or any word of it that is long enough to be a name.
  const phrases = peopleOf(args).map(({ name }, index) => ({ value: String(index), words: [name, ...name.split(/\s+/).filter((word) => word.length > 2)] }));
  return {
    items,
    noInputItems,
    invalidItems,
    language,
    hints: [],
    phrases,
    minConfidence: 0.4,
    firstMs,
    silenceMs: 800,
    maxMs: 8_000,
    attempts,
    bargeIn: true,
    saveAs: "index",
  };
}

function wrap(args: DirectoryArgs, state: Omit<DirectoryState, "inner">, turn: Turn<SpeechState>, view: WaitView): Turn<DirectoryState> {
  const { values, exit, ...rest } = turn;
  const next: Turn<DirectoryState> = { ...rest, state: { ...state, inner: turn.state }, ...(exit === undefined ? {} : { exit }) };
  if (exit === "invalid") return { ...next, exit: "notFound" };
  if (exit !== "ok") return next;
  const person = peopleOf(args)[Number(values?.["index"])];
  return person ? found(args, next.state, person, view) : { ...next, exit: "notFound" };
}

const found = (args: DirectoryArgs, state: DirectoryState, person: Person, view: WaitView): Turn<DirectoryState> => ({
  state,
  acts: {},
  due: null,
  ahead: view.ahead,
  exit: "found",
  values: { [args.saveAs]: { ...person } },
});

function byExtension(args: DirectoryArgs, state: DirectoryState, view: WaitView): Turn<DirectoryState> {
  const person = peopleOf(args).find((each) => each.extension !== "" && each.extension === state.digits);
  if (person) return found(args, state, person, view);
  const lines = [{ kind: "attempt" as const, data: { attempt: state.inner.attempt, why: state.digits === "" ? "noInput" : "invalid", digits: state.digits } }];
  if (state.inner.attempt >= args.attempts) return { state, acts: {}, due: null, ahead: view.ahead, exit: state.digits === "" ? "noInput" : "notFound", lines };
  const inner: SpeechState = { ...state.inner, attempt: state.inner.attempt + 1 };
  const again = speech.begin(
    { ...speechArgs(args), items: [...(state.digits === "" ? args.noInputItems : args.invalidItems), ...args.items] },
    { ...view, id: `${view.id}.x${inner.attempt}` },
  );
  return { ...wrap(args, { digits: "", due: null }, { ...again, state: { ...again.state, attempt: inner.attempt } }, view), lines };
}
