import type { Command } from "../../../flows/commands.ts";
import type { HangupCause, LegEvent } from "../../ports/telephony.ts";
import type { Performer } from "./performer.ts";

/** Blind transfer: REFER, then the far end leaves by itself. */
export const refer: Performer<Extract<Command, { do: "refer" }>> = ({ id, command }, call) => {
  const stop = call.watch((event) => {
    if (event.type !== "transferred" || event.id !== id) return;
    stop();
    call.reply(id, event.ok ? "ok" : "rejected", { sipStatus: event.sipStatus });
  });
  void call.answered().then((answered) => {
    if (answered) call.leg.refer(id, command.target);
  });
  return stop;
};

/** Dials leg B and joins the two until one hangs up; the caller hears a ringing tone meanwhile. */
export const bridge: Performer<Extract<Command, { do: "bridge" }>> = ({ id, command }, call) => {
  let over = false;
  let joined = false;
  let cancelLimit = () => {};
  const trunk = command.trunk === "default" ? call.defaultTrunk : command.trunk;
  const legB = call.telephony.dial({ to: command.target, trunk, ringTimeoutMs: command.ringMs, ...(command.callerId ? { callerId: command.callerId } : {}) });
  const finish = (exit: string, cause?: HangupCause) => {
    if (over) return;
    over = true;
    cancelLimit();
    if (exit === "error") call.fault(id, "network", cause?.reason ?? `SIP ${cause?.sipStatus ?? "?"}`);
    else call.reply(id, exit, { sipStatus: cause?.sipStatus ?? null, q850: cause?.q850 ?? null });
  };
  const onB = (event: LegEvent) => {
    if (event.type === "answered") {
      joined = true;
      call.leg.stopPlay(`${id}.ring`);
      call.leg.bridge(legB);
      cancelLimit = call.clock.after(command.maxMs, () => legB.hangup());
    }
    if (event.type !== "hungup") return;
    call.leg.stopPlay(`${id}.ring`);
    if (joined) call.leg.unbridge();
    finish(joined ? "ok" : bridgeExit(event.cause), event.cause);
  };
  void Promise.all([call.answered(), call.prompts.ringback()]).then(([answered, tone]) => {
    if (answered && tone && !joined && !over) call.leg.play(`${id}.ring`, [tone], { loop: true });
  });
  legB.listen(onB);
  return () => {
    over = true;
    cancelLimit();
    legB.hangup();
  };
};

/** Exit of an unanswered leg B (outbound.md §5). */
function bridgeExit({ sipStatus = 0, q850 = 0 }: HangupCause): string {
  if (sipStatus === 486 || sipStatus === 600 || q850 === 17) return "busy";
  if ([408, 480, 487].includes(sipStatus) || q850 === 18 || q850 === 19) return "noAnswer";
  if (sipStatus === 603 || sipStatus === 403 || q850 === 21) return "rejected";
  return "error";
}
