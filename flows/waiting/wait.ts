import type { Waiter } from "./waiter.ts";

export type WaitArgs = { ms: number };

/** Lets time pass. Keys are kept for the next input. */
export const wait: Waiter<WaitArgs, null> = {
  begin: (args, view) => ({ state: null, acts: {}, due: view.at + args.ms, ahead: view.ahead, ...(args.ms <= 0 ? { exit: "next", due: null } : {}) }),
  feed: (_args, _state, _acts, event, view) => (event.type === "tick" ? { state: null, acts: {}, due: null, ahead: view.ahead, exit: "next" } : null),
};
