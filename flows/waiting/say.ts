import type { PlayItem } from "../commands.ts";
import type { Waiter } from "./waiter.ts";

export type SayArgs = {
  items: PlayItem[];
  bargeIn: boolean;
  /** Plays round and round until a key, at most this long. */
  loopMs?: number;
};

/** Plays prompts once. With barge-in, a key ends playback and is kept for the next input; typed-ahead keys skip it. */
export const say: Waiter<SayArgs, null> = {
  begin(args, view) {
    const skip = args.items.length === 0 || (args.bargeIn && view.ahead !== "");
    if (skip) return { state: null, acts: {}, due: null, ahead: view.ahead, exit: "next" };
    if (args.loopMs) return { state: null, acts: { [view.id]: { do: "play", items: args.items, loop: true } }, due: view.at + args.loopMs, ahead: view.ahead };
    return { state: null, acts: { [view.id]: { do: "play", items: args.items } }, due: null, ahead: view.ahead };
  },
  feed(args, _state, acts, event, view) {
    if (event.type === "played" && event.id === view.id) return { state: null, acts: {}, due: null, ahead: view.ahead, exit: "next" };
    if (event.type === "reply" && event.id === view.id && event.fault) {
      return { state: null, acts: {}, due: null, ahead: view.ahead, exit: "error", fault: event.fault };
    }
    if (event.type === "tick" && args.loopMs) return { state: null, acts: {}, due: null, ahead: view.ahead, exit: "next" };
    if (event.type !== "digit" || event.leg !== "A") return null;
    const ahead = view.ahead + event.digit;
    return args.bargeIn ? { state: null, acts: {}, due: null, ahead, exit: "next" } : { state: null, acts, due: null, ahead };
  },
};
