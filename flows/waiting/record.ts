import type { PlayItem } from "../commands.ts";
import type { Waiter } from "./waiter.ts";

export type RecordArgs = { items: PlayItem[]; maxMs: number; silenceMs: number; terminator: string; beep: boolean; minSpeechMs: number; saveAs: string };
export type RecordState = { phase: "prompt" | "record"; id: string };

/** Says the prompt, then records. Too little speech leaves by `noInput`; a key during the prompt starts recording at once. */
export const record: Waiter<RecordArgs, RecordState> = {
  begin(args, view) {
    if (args.items.length === 0) return recording(args, view.id, "");
    return { state: { phase: "prompt", id: view.id }, acts: { [`${view.id}.p`]: { do: "play", items: args.items } }, due: null, ahead: "" };
  },
  feed(args, state, acts, event, view) {
    if (event.type === "reply" && event.id in acts && event.fault) {
      return { state, acts: {}, due: null, ahead: view.ahead, exit: "error", fault: event.fault };
    }
    if (state.phase === "prompt") {
      const over = (event.type === "played" && event.id in acts) || (event.type === "digit" && event.leg === "A");
      return over ? recording(args, view.id, "") : null;
    }
    if (event.type === "digit") return { state, acts, due: null, ahead: view.ahead };
    if (event.type !== "recorded" || event.id !== view.id) return null;
    if (event.reason === "failed") {
      return { state, acts: {}, due: null, ahead: view.ahead, exit: "error", fault: { code: "media", message: "the recording could not be written" } };
    }
    const empty = event.speechMs < args.minSpeechMs;
    return {
      state, acts: {}, due: null, ahead: view.ahead, exit: empty ? "noInput" : "next",
      ...(args.saveAs && !empty ? { values: { [args.saveAs]: view.id } } : {}),
    };
  },
  /** The file is finished by the hang-up; its length comes with the late report. */
  partial: (args, state) => (args.saveAs && state.phase === "record" ? { [args.saveAs]: state.id } : undefined),
};

function recording(args: RecordArgs, id: string, ahead: string) {
  const { maxMs, silenceMs, terminator, beep } = args;
  return { state: { phase: "record" as const, id }, acts: { [id]: { do: "record" as const, maxMs, silenceMs, terminator, beep } }, due: null, ahead };
}
