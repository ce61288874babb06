import { save } from "../compile/step.ts";
import type { Given } from "./conversation.ts";
import type { Player } from "./player.ts";

/** The position of a run: its environment, the machine state, its questions and its data. */
export function placeOf(player: Player, given: Given, exact: boolean): string {
  const { value, context, done } = save(player.currentSnapshot);
  const pending = Object.values(context.pending).map(({ waiter, state }) => [waiter, withoutTimes(state)]);
  const facts = [given.caller, given.language, given.inputs, given.contact, given.services];
  const known = exact ? [context.vars, context.scopes, context.turns] : null;
  return JSON.stringify([facts, done, value, pending, known, context.gone !== null]);
}

/** Counters and clocks of a question make no difference to where it can lead; attempts do. */
function withoutTimes(state: unknown): unknown {
  if (typeof state !== "object" || state === null) return state;
  const { due: _due, plays: _plays, id: _id, until: _until, ...rest } = state as Record<string, unknown>;
  return rest;
}
