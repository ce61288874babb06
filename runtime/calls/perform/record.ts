import type { Command } from "../../../flows/commands.ts";
import type { LegEvent } from "../../ports/telephony.ts";
import type { Performer } from "./performer.ts";

type Recorded = Extract<LegEvent, { type: "recorded" }>;

/** Records the caller to a WAV file. A cancelled recording is completed, not discarded. */
export const record: Performer<Extract<Command, { do: "record" }>> = ({ id, command }, call) => {
  const { maxMs, silenceMs, terminator, beep } = command;
  let begun = false;
  let given = false;
  let early: Recorded | null = null;
  const report = ({ at, ms, speechMs, reason }: Recorded) => call.send({ type: "recorded", at, id, ms, speechMs, reason, recording: id });
  const stop = call.watch((event) => {
    if (event.type !== "recorded" || event.id !== id) return;
    stop();
    // Ended by a hang-up that is about to be told: the node leaves by the hang-up, the length follows.
    if (event.reason === "hangup" && !given) early = event;
    else report(event);
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
    const kept = early;
    if (kept) queueMicrotask(() => report(kept));
    else if (begun) call.leg.stopRecord(id);
    else stop();
  };
};
