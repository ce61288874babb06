import type { CallEvent } from "../../flows/events.ts";
import type { Given } from "../../flows/simulate/conversation.ts";
import type { Player } from "../../flows/simulate/player.ts";

/** A user action with its virtual time: the whole call can be replayed from these. */
export type Act =
  | { at: number; event: CallEvent }
  | { at: number; speak: number }
  | { at: number; utter: string }
  | { at: number; back: true }
  | { at: number; service: string; answer: Given["services"][string] | null };
/** One act of a person on a player standing at its time. */
export function perform(player: Player, act: Act): void {
  if ("event" in act) player.send(act.event);
  else if ("speak" in act) player.speak(act.speak);
  else if ("utter" in act) player.utter(act.utter);
  else if ("back" in act) player.back();
  else if (act.answer === null) delete player.services.answers[act.service];
  else player.services.answers[act.service] = act.answer as never;
}
