import type { Command } from "../../../flows/commands.ts";
import type { Performer } from "./performer.ts";

/** Starts or stops the recording of the whole call. */
export const recordControl: Performer<Extract<Command, { do: "recordControl" }>> = ({ id, command }, call) => {
  const { action } = command;
  if (action === "pause" || action === "resume") {
    call.fault(id, "not-available", "a recording cannot be paused yet: stop it and start a new one");
    return;
  }
  void call
    .answered()
    .then(async (answered) => {
      if (!answered) return;
      if (action === "start") await call.startCallRecording();
      else call.stopCallRecording();
      call.reply(id, "next");
    })
    .catch((error: unknown) => call.fault(id, "media", `the recording cannot be written: ${String(error)}`));
};
