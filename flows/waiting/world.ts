import type { Command } from "../commands.ts";
import type { Value } from "../schema/values.ts";
import type { Waiter } from "./waiter.ts";

/** Any command that the world answers once: http, list, refer, bridge, hangup, dial, schedule, answer. */
export type WorldArgs = { command: Command; saveAs: string; consumesDigits: boolean };

export const world: Waiter<WorldArgs, null> = {
  begin: (args, view) => ({ state: null, acts: { [view.id]: args.command }, due: null, ahead: view.ahead }),
  feed(args, _state, acts, event, view) {
    if (event.type === "digit" && args.consumesDigits) return { state: null, acts, due: null, ahead: view.ahead };
    if (event.type !== "reply" || event.id !== view.id) return null;
    const values: Record<string, Value> = args.saveAs && event.value !== undefined ? { [args.saveAs]: event.value } : {};
    return {
      state: null,
      acts: {},
      due: null,
      ahead: view.ahead,
      exit: event.fault ? "error" : event.exit,
      values,
      ...(event.fault ? { fault: event.fault } : {}),
    };
  },
};
