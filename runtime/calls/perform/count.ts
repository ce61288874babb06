import type { Command } from "../../../flows/commands.ts";
import { isOver } from "../../../flows/nodes/rate-limit/is-over.ts";
import { keyText } from "../../../flows/schema/key-text.ts";
import type { DataAnswer } from "./data-answer.ts";

/** Counts (or only checks) within a window that ends now. */
export const count: DataAnswer<Extract<Command, { do: "count" }>> = async ({ counter, key: given, windowMs, limit, add }, { store, clock }) => {
  const key = keyText(given).slice(0, 200);
  const { counters } = store;
  const n = await (add ? counters.add(counter, key, windowMs, clock.now()) : counters.count(counter, key, windowMs, clock.now()));
  return { exit: isOver(n, limit, add) ? "over" : "under", value: n };
};
