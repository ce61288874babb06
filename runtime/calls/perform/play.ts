import type { Command } from "../../../flows/commands.ts";
import type { LegEvent } from "../../ports/telephony.ts";
import type { Performer } from "./performer.ts";

/** A prompt that fails because the caller is hanging up is reported just before the hang-up. */
const hangupGraceMs = 200;
/** Who hears ringing waits longer for the first words than who hears silence. */
const whileRingingMs = 10_000;

/** Plays prompts on the caller's leg, which is answered once there is audio to play; `played` is reported when the last sample was sent. */
export const play: Performer<Extract<Command, { do: "play" }>> = ({ id, command }, call) => {
  let given = false;
  let cancelFault = () => {};
  const stop = call.watch((event) => {
    if (event.type === "played" && event.id === id && !given) report(event);
  });
  const report = ({ at, ms, reason }: Extract<LegEvent, { type: "played" }>) => {
    // Stopped, and not by us: the leg is going away; its hang-up comes next.
    if (reason === "stopped") return;
    stop();
    if (reason === "end") call.send({ type: "played", at, id, ms });
    else cancelFault = call.clock.after(hangupGraceMs, () => call.fault(id, "media", "the prompt could not be played"));
  };
  const begin = async () => {
    const clips = await call.prompts.clips(command.items, call.talking ? undefined : whileRingingMs);
    if (!given && (await call.answered()) && !given) call.leg.play(id, clips, command.loop ? { loop: true } : {});
  };
  void begin().catch((error: unknown) => {
    if (given) return;
    stop();
    call.fault(id, "no-voice", error instanceof Error ? error.message : String(error));
  });
  return () => {
    given = true;
    stop();
    cancelFault();
    call.leg.stopPlay(id);
  };
};
