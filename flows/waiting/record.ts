import type { PlayItem } from "../commands.ts";
import type { CallEvent } from "../events.ts";
import type { Turn, Waiter } from "./waiter.ts";

export type RecordArgs = { items: PlayItem[]; maxMs: number; silenceMs: number; terminator: string; beep: boolean; minSpeechMs: number; saveAs: string };
export type RecordState = { phase: "prompt" | "record"; id: string };

/** Says the prompt, then records. Too little speech leaves by `noInput`; a key during the prompt starts recording at once. */
export const record: Waiter<RecordArgs, RecordState> = {
  begin(args, view) {
    if (args.items.length === 0) return recording(args, view.id, "");
    return { state: { phase: "prompt", id: view.id }, acts: { [`${view.id}.p`]: { do: "play", items: args.items } }, due: null, ahead: "" };
  },
  feed(args, state, acts, event, view) {
    const rest = { state, acts: {}, due: null, ahead: view.ahead };
    if (event.type === "reply" && event.id in acts && event.fault) return { ...rest, exit: "error", fault: event.fault };
    if (state.phase === "prompt") {
      const over = (event.type === "played" && event.id in acts) || (event.type === "digit" && event.leg === "A");
      return over ? recording(args, view.id, "") : null;
    }
    if (event.type === "digit") return { ...rest, acts };
    return event.type === "recorded" && event.id === view.id ? { ...rest, ...outcome(args, event) } : null;
  },
  /** The file is finished by the hang-up; its length comes with the late report. */
  partial: (args, state) => (args.saveAs && state.phase === "record" ? { [args.saveAs]: state.id } : undefined),
};

type Recorded = Extract<CallEvent, { type: "recorded" }>;

function outcome(args: RecordArgs, { id, reason, speechMs }: Recorded): Pick<Turn<RecordState>, "exit" | "fault" | "values"> {
  if (reason === "failed") return { exit: "error", fault: { code: "media", message: "the recording could not be written" } };
  if (speechMs < args.minSpeechMs) return { exit: "noInput" };
  return { exit: "next", ...(args.saveAs ? { values: { [args.saveAs]: id } } : {}) };
}

function recording(args: RecordArgs, id: string, ahead: string) {
  const { maxMs, silenceMs, terminator, beep } = args;
  return { state: { phase: "record" as const, id }, acts: { [id]: { do: "record" as const, maxMs, silenceMs, terminator, beep } }, due: null, ahead };
}
