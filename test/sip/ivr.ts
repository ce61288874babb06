/** A tiny engine on the SIP adapter: answers, plays, follows keys: 1 = second prompt, 9 = hang up. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "../../runtime/audio/g711.ts";
import type { Leg, LegEvent, Telephony, Trunk } from "../../runtime/ports/telephony.ts";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import { sine } from "../telephony/sine.ts";

export type IvrCall = { leg: Leg; events: LegEvent[]; digits: () => string; has: (type: LegEvent["type"]) => boolean };

export type Ivr = { telephony: Telephony; port: number; calls: IvrCall[]; dial: (to: string, ringTimeoutMs?: number) => IvrCall; stop: () => Promise<void> };

/** Numbers: 486 is busy, 180 only rings, all others are answered. */
export async function startIvr(trunks: readonly Trunk[] = []): Promise<Ivr> {
  const folder = mkdtempSync(join(tmpdir(), "sufler-ivr-"));
  for (const [name, frequency] of [
    ["first", 440],
    ["second", 880],
  ] as const) {
    for (const law of ["ulaw", "alaw"] as const) writeFileSync(join(folder, `${name}.${law}`), encode(law, sine(frequency, 400)));
  }
  const prompt = (name: string) => [{ path: join(folder, name), ms: 400 }];
  const calls: IvrCall[] = [];
  const telephony = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], trunks, maxLegs: 200, allow: "any" });

  function follow(leg: Leg): IvrCall {
    const events: LegEvent[] = [];
    const digits = () => events.flatMap((event) => (event.type === "digit" ? [event.digit] : [])).join("");
    leg.listen((event) => {
      events.push(event);
      if (event.type === "answered") leg.play("first", prompt("first"));
      if (event.type !== "digit") return;
      if (event.digit === "1") leg.play("second", prompt("second"));
      if (event.digit === "9") leg.hangup();
    });
    return { leg, events, digits, has: (type) => events.some((event) => event.type === type) };
  }

  const { port } = await telephony.start({
    onIncoming(leg) {
      calls.push(follow(leg));
      leg.ring();
      if (leg.dialled === "486") leg.reject(486);
      else if (leg.dialled !== "180") leg.answer();
    },
  });
  return {
    telephony,
    port,
    calls,
    dial: (to, ringTimeoutMs = 8_000) => follow(telephony.dial({ to, trunk: trunks[0]!.name, callerId: "74950000000", ringTimeoutMs })),
    stop: () => telephony.stop(),
  };
}
