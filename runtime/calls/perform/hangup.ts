import type { Command } from "../../../flows/commands.ts";
import type { Performer } from "./performer.ts";

/** Ends the call: a refusal while it is unanswered and a SIP status is given, BYE otherwise. */
export const hangup: Performer<Extract<Command, { do: "hangup" }>> = ({ id, command }, call) => {
  const stop = call.watch((event) => {
    if (event.type !== "hungup") return;
    stop();
    call.reply(id, "next");
  });
  call.leg.hangup({ ...(command.sipStatus ? { sipStatus: command.sipStatus } : {}), ...(command.q850 ? { q850: command.q850 } : {}) });
};
