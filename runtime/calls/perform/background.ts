import type { Command } from "../../../flows/commands.ts";
import type { Performer } from "./performer.ts";

/** Background audio. The node continues as soon as playback has started. */
export const background: Performer<Extract<Command, { do: "background" }>> = ({ id, command }, call) => {
  let given = false;
  void Promise.all([call.prompts.clips(command.items), call.answered()]).then(
    ([clips, answered]) => {
      if (!answered || given) return;
      call.leg.background(clips);
      call.reply(id, "next");
    },
    (error: unknown) => {
      if (!given) call.fault(id, "no-voice", error instanceof Error ? error.message : String(error));
    },
  );
  return () => {
    given = true;
  };
};
