import type { Command } from "../../../flows/commands.ts";
import type { Performer } from "./performer.ts";

/** Plays prompts on the caller's leg; `played` comes when the last sample was sent. */
export const play: Performer<Extract<Command, { do: "play" }>> = ({ id, command }, call) => {
  let given = false;
  const stop = call.watch((event) => {
    if (event.type !== "played" || event.id !== id) return;
    stop();
    if (given) return;
    if (event.reason === "failed") call.fault(id, "media", "the prompt could not be played");
    else call.send({ type: "played", at: event.at, id, ms: event.ms });
  });
  void Promise.all([call.prompts.clips(command.items), call.answered()]).then(
    ([clips, answered]) => {
      if (given || !answered) return;
      call.leg.play(id, clips);
    },
    (error: unknown) => {
      if (given) return;
      stop();
      call.fault(id, "no-voice", error instanceof Error ? error.message : String(error));
    },
  );
  return () => {
    given = true;
    stop();
    call.leg.stopPlay(id);
  };
};
