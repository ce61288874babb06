import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "../../runtime/audio/g711.ts";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import { telephonyContract, type ContractFarEnd } from "../contracts/telephony.ts";
import type { PeerCall } from "./peer-call.ts";
import { SipPeer } from "./peer.ts";
import { sine } from "./sine.ts";
import { pass, until } from "./until.ts";

for (const mediaThreads of [1, 2])
  telephonyContract({
    name: mediaThreads === 1 ? "sip" : `sip, ${mediaThreads} media threads`,
    async make(onIncoming) {
      const peer = await SipPeer.open();
      const telephony = sipTelephony({
        bind: "127.0.0.1",
        sipPort: 0,
        rtpPorts: [0, 0],
        maxLegs: 50,
        mediaThreads,
        allow: "any",
        trunks: [{ name: "trunk", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 20 }],
      });
      const { port } = await telephony.start({ onIncoming });
      const fars = new Map<PeerCall, ContractFarEnd>();
      const farOf = (call: PeerCall) => fars.get(call) ?? fars.set(call, farEnd(call)).get(call)!;
      let clips = 0;
      return {
        telephony,
        trunk: "trunk",
        async clip(folder, ms) {
          const path = join(folder, `clip-${clips++}`);
          await writeFile(`${path}.ulaw`, encode("ulaw", sine(440, ms)));
          await writeFile(`${path}.alaw`, encode("alaw", sine(440, ms)));
          return { path, ms };
        },
        call: async ({ from, to }) => farOf(await peer.call({ from, to, port })),
        program(number, program) {
          if (program.kind === "answer") peer.program(number, { kind: "answer", afterMs: 50 });
          else if (program.kind === "noAnswer") peer.program(number, { kind: "ring" });
          else peer.program(number, { kind: "refuse", status: program.sipStatus });
        },
        dialled(number) {
          const call = peer.calls.findLast((one) => one.requests[0]?.line.startsWith(`INVITE sip:${number}@`));
          return call && farOf(call);
        },
        until,
        pass,
        async hears(listener, speaker) {
          const before = listener.heardMs();
          speaker.speak(300);
          await until(() => listener.heardMs() - before >= 200);
          return true;
        },
        async stop() {
          await telephony.stop();
          peer.close();
        },
      };
    },
  });

function farEnd(call: PeerCall): ContractFarEnd {
  return {
    get answered() {
      return call.answered;
    },
    get over() {
      return call.over;
    },
    get status() {
      return call.status;
    },
    heardMs: () => call.rtp.loudMs(),
    press: (digit) => {
      call.press(digit);
      void call.rtp.silence(60);
    },
    speak: (ms) => void call.rtp.tone(ms),
    hangup: () => call.hangup(),
    digits: () => call.rtp.digits(),
    onRefer: (sipStatus) => void (call.refer = { status: 202, sipfrag: `SIP/2.0 ${sipStatus} Peer` }),
  };
}
