import { join } from "node:path";
import { simulatorTelephony, type FarEnd } from "../../runtime/telephony/simulator/index.ts";
import { telephonyContract, type ContractFarEnd } from "../contracts/telephony.ts";
import { VirtualClock } from "./virtual-clock.ts";

telephonyContract({
  name: "simulator",
  async make(onIncoming) {
    const clock = new VirtualClock();
    const telephony = simulatorTelephony({ clock, trunks: ["trunk"] });
    await telephony.start({ onIncoming });
    let clips = 0;
    return {
      telephony,
      trunk: "trunk",
      clip: async (folder, ms) => ({ path: join(folder, `clip-${clips++}`), ms }),
      call: async (facts) => farEnd(telephony.call(facts), clock),
      program: (number, program) => telephony.program(number, program.kind === "noAnswer" ? program : { ...program, afterMs: 100 }),
      dialled: (number) => {
        const far = telephony.dialled(number).at(-1);
        return far && farEnd(far, clock);
      },
      async until(condition) {
        for (let i = 0; i < 10_000 && !condition(); i++) clock.advance(1);
        if (!condition()) throw new Error("waited in vain");
      },
      pass: async (ms) => clock.advance(ms),
      // Audio does not exist here: being joined is all there is.
      hears: async () => true,
      stop: () => telephony.stop(),
    };
  },
});

function farEnd(far: FarEnd, clock: VirtualClock): ContractFarEnd {
  return {
    get answered() {
      return far.state === "answered";
    },
    get over() {
      return far.state === "ended";
    },
    get status() {
      return far.cause?.sipStatus ?? 0;
    },
    heardMs: () => far.heard.reduce((sum, clip) => sum + (clip.ms || clock.now() - clip.at), 0),
    press: (digit) => far.press(digit),
    speak: (ms) => far.speak(ms),
    hangup: () => far.hangup(),
    digits: () => far.digits,
    onRefer: (sipStatus) => far.onRefer(sipStatus),
  };
}
