import type { Command } from "../../../flows/commands.ts";
import type { Performer } from "./performer.ts";

/** Sends digits to the caller's side; the reply comes when the last one was sent. */
export const dtmf: Performer<Extract<Command, { do: "dtmf" }>> = ({ id, command }, call) => {
  let given = false;
  const stop = call.watch((event) => {
    if (event.type !== "sent-digits" || event.id !== id) return;
    stop();
    call.reply(id, "next");
  });
  void call.answered().then((answered) => {
    if (answered && !given) call.leg.sendDigits(id, command.digits, { ms: command.onMs, gapMs: command.gapMs });
  });
  return () => {
    given = true;
    stop();
  };
};
