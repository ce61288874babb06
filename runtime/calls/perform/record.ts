import type { Command } from "../../../flows/commands.ts";
import type { Performer } from "./performer.ts";

/** Records the caller to a WAV file. A cancelled recording is finished, not thrown away. */
export const record: Performer<Extract<Command, { do: "record" }>> = ({ id, command }, call) => {
  const { maxMs, silenceMs, terminator, beep } = command;
  let begun = false;
  let given = false;
  const stop = call.watch((event) => {
    if (event.type !== "recorded" || event.id !== id) return;
    stop();
    call.send({ type: "recorded", at: event.at, id, ms: event.ms, speechMs: event.speechMs, reason: event.reason, recording: id });
  });
  void Promise.all([call.answered(), call.recordingFile(id)]).then(
    ([answered, file]) => {
      if (!answered || given) return;
      begun = true;
      call.recordingOpened(id);
      call.leg.record({ id, file, maxMs, silenceMs, terminator, beep });
    },
    (error: unknown) => call.fault(id, "media", `the recording cannot be written: ${String(error)}`),
  );
  return () => {
    given = true;
    if (begun) call.leg.stopRecord(id);
    else stop();
  };
};
