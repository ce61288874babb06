import type { PlayItem } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import type { Acts, Turn, Waiter, WaitView } from "./waiter.ts";

export type RecordArgs = {
  items: PlayItem[];
  maxMs: number;
  silenceMs: number;
  terminator: string;
  beep: boolean;
  minSpeechMs: number;
  saveAs: string;
  /** Voicemail: the box whose message this is. */
  box: string;
  /** After the message: `keep` or `again`; silence keeps it. */
  review: { items: PlayItem[]; keep: string; again: string; waitMs: number } | null;
};
export type RecordState = { phase: "prompt" | "record" | "review" | "choose"; id: string; takes: number; due: number | null };

/** Says the prompt, then records. Too little speech leaves by `noInput`; a key during the prompt starts recording at once. */
export const record: Waiter<RecordArgs, RecordState> = {
  begin: (args, view) => invite(args, { phase: "prompt", id: view.id, takes: 0, due: null }, view),
  feed(args, state, acts, event, view) {
    if (event.type === "reply") return event.id in acts && event.fault ? { ...over(state, view), exit: "error", fault: event.fault } : null;
    return feeders[state.phase](args, state, acts, event, view);
  },
  /** The file is finished by the hang-up; its length comes with the late report. */
  partial: (args, state) => (args.saveAs && state.phase !== "prompt" ? { [args.saveAs]: state.id } : undefined),
};

type Feed = (args: RecordArgs, state: RecordState, acts: Acts, event: CallEvent, view: WaitView) => Turn<RecordState> | null;
const feeders: Record<RecordState["phase"], Feed> = { prompt: feedPrompt, record: feedRecording, review: feedReview, choose: feedReview };

function feedPrompt(...[args, state, acts, event, view]: Parameters<Feed>): Turn<RecordState> | null {
  const asked = (event.type === "played" && event.id in acts) || (event.type === "digit" && event.leg === "A");
  return asked ? recording(args, state, view) : null;
}

function feedReview(...[args, state, acts, event, view]: Parameters<Feed>): Turn<RecordState> | null {
  if (event.type === "played" && event.id in acts) return choosing(args, state, view);
  if (event.type === "tick" && state.due !== null && state.due <= event.at) return kept(args, state, view);
  return event.type === "digit" && event.leg === "A" ? chosen(args, state, acts, event.digit, view) : null;
}

type Recorded = Extract<CallEvent, { type: "recorded" }>;
const over = (state: RecordState, view: WaitView) => ({ state, acts: {}, due: null, ahead: view.ahead });

function invite(args: RecordArgs, state: RecordState, view: WaitView): Turn<RecordState> {
  if (args.items.length === 0) return recording(args, state, view);
  return { state: { ...state, phase: "prompt" }, acts: { [`${view.id}.p${state.takes}`]: { do: "play", items: args.items } }, due: null, ahead: "" };
}

/** The first take has the command's own id; each further one a number behind it. */
function recording(args: RecordArgs, state: RecordState, view: WaitView): Turn<RecordState> {
  const { maxMs, silenceMs, terminator, beep } = args;
  const id = state.takes === 0 ? view.id : `${view.id}.${state.takes}`;
  return {
    state: { phase: "record", id, takes: state.takes + 1, due: null },
    acts: { [id]: { do: "record", maxMs, silenceMs, terminator, beep } },
    due: null,
    ahead: "",
  };
}

function feedRecording(args: RecordArgs, state: RecordState, acts: Acts, event: CallEvent, view: WaitView): Turn<RecordState> | null {
  if (event.type === "digit") return { ...over(state, view), acts };
  if (event.type !== "recorded" || event.id !== state.id) return null;
  const problem = problemOf(args, event);
  if (problem) return { ...over(state, view), ...problem };
  if (!args.review || args.review.items.length === 0) return kept(args, state, view);
  const acts2: Acts = { [`${view.id}.r${state.takes}`]: { do: "play", items: args.review.items } };
  return { state: { ...state, phase: "review" }, acts: acts2, due: null, ahead: view.ahead };
}

function problemOf(args: RecordArgs, { reason, speechMs }: Recorded): Pick<Turn<RecordState>, "exit" | "fault"> | null {
  if (reason === "failed") return { exit: "error", fault: { code: "media", message: "the recording could not be written" } };
  return speechMs < args.minSpeechMs ? { exit: "noInput" } : null;
}

function choosing(args: RecordArgs, state: RecordState, view: WaitView): Turn<RecordState> {
  const due = view.at + args.review!.waitMs;
  return { state: { ...state, phase: "choose", due }, acts: {}, due, ahead: view.ahead };
}

function chosen(args: RecordArgs, state: RecordState, acts: Acts, digit: string, view: WaitView): Turn<RecordState> {
  if (digit === args.review!.keep) return kept(args, state, view);
  if (digit === args.review!.again) return invite(args, state, view);
  return { state, acts, due: state.due, ahead: view.ahead };
}

function kept(args: RecordArgs, state: RecordState, view: WaitView): Turn<RecordState> {
  const lines = args.box ? [{ kind: "note" as const, data: { voicemail: args.box, recording: state.id } }] : [];
  return { ...over(state, view), exit: "next", lines, ...(args.saveAs ? { values: { [args.saveAs]: state.id } } : {}) };
}
