import type { PlayItem } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import { limits } from "../schema/limits.ts";
import type { Value } from "../schema/values.ts";
import { matchPhrase } from "./match-phrase.ts";
import type { Acts, Turn, Waiter, WaitView } from "./waiter.ts";

/** Collect-speech: a question answered by speech. With `phrases`, one of them; otherwise any words. */
export type SpeechArgs = {
  items: PlayItem[];
  noInputItems: PlayItem[];
  invalidItems: PlayItem[];
  language: string;
  hints: string[];
  phrases: { value: string; words: string[] }[];
  minConfidence: number;
  firstMs: number;
  silenceMs: number;
  maxMs: number;
  attempts: number;
  bargeIn: boolean;
  saveAs: string;
  masked?: boolean;
};

export type SpeechState = { attempt: number; phase: "prompt" | "wait"; due: number | null };

/** Over the recogniser's own time limits: it is taken for dead. */
const graceMs = 3_000;

export const speech: Waiter<SpeechArgs, SpeechState> = {
  begin: (args, view) => prompt(args, { attempt: 1, phase: "prompt", due: null }, view, args.items),
  feed(args, state, acts, event, view) {
    if (event.type === "played" && event.id in acts) return listen(args, state, view);
    if (event.type === "reply" && event.id in acts) return replied(args, state, event, view);
    if (event.type === "speech" && event.id in acts) return spoken(args, state, event, view);
    if (event.type === "tick" && state.due !== null && state.due <= event.at) return failed(args, state, view, "noInput");
    return null;
  },
};

const listenId = (view: WaitView, state: SpeechState): string => `${view.id}.s${state.attempt}`;

/** Silence counts from the end of the question: listening that begins with it is given the time of saying it (an estimate) on top. */
function ears(args: SpeechArgs, state: SpeechState, view: WaitView, said: readonly PlayItem[] = []): Acts {
  const { language, hints, silenceMs, maxMs, firstMs, phrases } = args;
  const words = [...hints, ...phrases.flatMap((item) => item.words)];
  const noInputMs = firstMs + said.reduce((sum, item) => sum + item.text.length * limits.saidMsPerChar, 0);
  return { [listenId(view, state)]: { do: "listen", language, hints: words, maxMs, silenceMs, noInputMs } };
}

function prompt(args: SpeechArgs, state: SpeechState, view: WaitView, items: PlayItem[]): Turn<SpeechState> {
  const next: SpeechState = { ...state, phase: "prompt", due: null };
  if (items.length === 0) return listen(args, next, view);
  const acts: Acts = { [`${view.id}.${state.attempt}`]: { do: "play", items }, ...(args.bargeIn ? ears(args, next, view, items) : {}) };
  return { state: next, acts, due: null, ahead: view.ahead };
}

function listen(args: SpeechArgs, state: SpeechState, view: WaitView): Turn<SpeechState> {
  const due = view.at + args.firstMs + args.maxMs + graceMs;
  const waiting: SpeechState = { ...state, phase: "wait", due };
  return { state: waiting, acts: ears(args, waiting, view), due, ahead: view.ahead };
}

function replied(args: SpeechArgs, state: SpeechState, event: Extract<CallEvent, { type: "reply" }>, view: WaitView): Turn<SpeechState> {
  if (event.fault) return { state, acts: {}, due: null, ahead: view.ahead, exit: "error", fault: event.fault };
  return failed(args, state, view, event.exit === "noInput" ? "noInput" : "invalid");
}

function spoken(args: SpeechArgs, state: SpeechState, event: Extract<CallEvent, { type: "speech" }>, view: WaitView): Turn<SpeechState> {
  const said = event.text.trim().slice(0, limits.speechLength);
  const shown = args.masked ? "" : said;
  if (said === "") return failed(args, state, view, "noInput");
  const index =
    args.phrases.length === 0
      ? 0
      : matchPhrase(
          said,
          args.phrases.map((item) => item.words),
        );
  if (event.confidence < args.minConfidence || index < 0) return failed(args, state, view, "invalid", shown);
  const value: Value = args.phrases[index]?.value ?? said;
  return { state, acts: {}, due: null, ahead: view.ahead, exit: "ok", values: { [args.saveAs]: value }, ...(args.masked ? { secret: true } : {}) };
}

function failed(args: SpeechArgs, state: SpeechState, view: WaitView, why: "noInput" | "invalid", said = ""): Turn<SpeechState> {
  const lines = [{ kind: "attempt" as const, data: { attempt: state.attempt, why, digits: "", ...(said ? { said } : {}) } }];
  if (state.attempt >= args.attempts) return { state, acts: {}, due: null, ahead: view.ahead, exit: why, lines };
  const sorry = why === "noInput" ? args.noInputItems : args.invalidItems;
  return { ...prompt(args, { ...state, attempt: state.attempt + 1 }, view, [...sorry, ...args.items]), lines };
}
