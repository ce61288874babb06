import type { Command } from "../../../flows/commands.ts";
import { failed, type DataAnswer } from "./data-answer.ts";

/** Reads or changes a manual switch, always in the store, so that a change on the screen is seen at the next read. */
export const toggle: DataAnswer<Extract<Command, { do: "toggle" }>> = async ({ name, action }, { store, clock }, { callId }) => {
  const on = action === "read" ? ((await store.switches.find(name))?.on ?? null) : await store.switches.turn(name, action, clock.now(), callId);
  if (on === null) return failed("not-found", `switch "${name}" does not exist: create it in the settings`);
  return { exit: on ? "on" : "off" };
};
