import type { Command } from "../../../flows/commands.ts";
import type { Performer } from "./performer.ts";

export const answer: Performer<Extract<Command, { do: "answer" }>> = ({ id, command }, call) => {
  void call
    .answered()
    .then(async (answered) => {
      if (!answered) return;
      if (command.record) await call.startCallRecording();
      call.reply(id, "next");
    })
    .catch((error: unknown) => call.fault(id, "media", String(error)));
};
