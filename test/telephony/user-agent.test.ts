/** Behaviour over time and under fire, on a virtual clock. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Trunk } from "../../runtime/ports/telephony.ts";
import { StreamFramer } from "../../runtime/telephony/sip/transport/stream-framer.ts";
import { AgentHarness, peerFlow, peerRequest, peerResponse, peerSdp } from "./agent-harness.ts";

const trunk: Trunk = { name: "t", host: "trunk.example.com", port: 5060, transport: "udp", username: "u", password: "p", register: true, maxLines: 5 };

/** An incoming call, answered; acknowledged unless told otherwise. */
function answered(harness = new AgentHarness(), lines: readonly string[] = [], ack = true): { harness: AgentHarness; leg: string; tag: string } {
  harness.receive(peerRequest("INVITE", { lines }));
  const leg = harness.report("incoming").at(-1)!.leg;
  harness.agent.command({ do: "answer", leg });
  harness.clock.advance(0);
  const tag = harness.last("SIP/2.0 200").to.params.get("tag")!;
  if (ack) harness.receive(peerRequest("ACK", { toTag: tag, branch: "z9hG4bKack" }));
  return { harness, leg, tag };
}

describe("incoming", () => {
  test("a 2xx is repeated at T1, doubling to T2; without an ACK: BYE after 64*T1", () => {
    const { harness } = answered(undefined, [], false);
    harness.clock.advance(33_000);
    expect(harness.times("SIP/2.0 200")).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(harness.times("BYE")[0]).toBe(32_000);
    expect(harness.report("ended")).toMatchObject([{ cause: { by: "network", reason: "no ACK" } }]);
    expect(harness.report("ended")[0]!.cause).not.toHaveProperty("sipStatus");
  });

  test("hung up before the ACK: the BYE waits for it", () => {
    const { harness, leg, tag } = answered(undefined, [], false);
    harness.agent.command({ do: "hangup", leg });
    expect([harness.report("ended").length, harness.times("BYE").length]).toEqual([1, 0]);
    harness.receive(peerRequest("ACK", { toTag: tag, branch: "z9hG4bKack" }));
    expect(harness.times("BYE")).toHaveLength(1);
  });

  test("a session timer that is not refreshed ends the call, a refreshed one does not", () => {
    const { harness, tag } = answered(undefined, ["Supported: timer", "Session-Expires: 120"]);
    harness.clock.advance(80_000);
    harness.receive(peerRequest("UPDATE", { sequence: 2, toTag: tag, lines: ["Supported: timer", "Session-Expires: 120"] }));
    harness.clock.advance(80_000);
    expect(harness.report("ended")).toHaveLength(0);
    harness.clock.advance(10_000);
    expect(harness.report("ended")).toMatchObject([{ cause: { by: "network" } }]);
    expect(harness.times("BYE")).not.toHaveLength(0);
  });

  test("CANCEL after the answer changes nothing", () => {
    const { harness } = answered();
    harness.receive(peerRequest("CANCEL", { branch: "z9hG4bKINVITE1call-1" }));
    expect(harness.report("ended")).toHaveLength(0);
  });

  test("a BYE that nobody answers is given up; nothing stays behind", () => {
    const { harness, leg } = answered();
    harness.agent.command({ do: "hangup", leg, q850: 31 });
    expect(harness.last("BYE").headers.get("reason")).toEqual(["Q.850;cause=31"]);
    harness.clock.advance(200_000);
    expect(harness.agent.transactions.size).toEqual({ server: 0, client: 0 });
    expect(harness.clock.pending).toBe(0);
  });

  test("through proxies: Record-Route is copied, requests follow the route", () => {
    const route = ["Record-Route: <sip:p1.example.com;lr>", "Record-Route: <sip:p2.example.com;lr>"];
    const { harness, leg } = answered(undefined, route);
    expect(harness.last("SIP/2.0 200").headers.get("record-route")).toEqual(["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"]);
    harness.agent.command({ do: "hangup", leg });
    const bye = harness.last("BYE");
    expect([bye.kind === "request" && bye.uri, bye.headers.get("route")]).toEqual([
      "sip:7999@192.0.2.9",
      ["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"],
    ]);
  });

  test("a source that is too fast is not answered", () => {
    const harness = new AgentHarness({ perSourcePerSecond: 5 });
    for (let i = 0; i < 50; i++) harness.receive(peerRequest("OPTIONS", { callId: `c${i}` }));
    expect(harness.times("SIP/2.0 200")).toHaveLength(10);
    harness.clock.advance(1_000);
    harness.receive(peerRequest("OPTIONS", { callId: "later" }));
    expect(harness.times("SIP/2.0 200")).toHaveLength(11);
  });
});

describe("outgoing", () => {
  function dialled(ringTimeoutMs = 30_000): AgentHarness {
    const harness = new AgentHarness({ trunks: [{ ...trunk, register: false }] });
    harness.agent.command({ do: "dial", leg: "out", sipCallId: "c-out", request: { to: "100", trunk: "t", ringTimeoutMs } });
    harness.clock.advance(0);
    return harness;
  }
  const contact = ["Contact: <sip:100@192.0.2.9>"];

  test("two forks answer: the second gets ACK and BYE", () => {
    const harness = dialled();
    const invite = harness.last("INVITE");
    harness.receive(peerResponse(invite, 200, contact, peerSdp));
    harness.receive(peerResponse(invite, 200, contact, peerSdp).replace("tag=far", "tag=other"));
    expect([harness.times("ACK").length, harness.times("BYE").length]).toEqual([2, 1]);
    expect(harness.last("BYE").to.params.get("tag")).toBe("other");
    harness.receive(peerResponse(invite, 200, contact, peerSdp));
    expect([harness.times("ACK").length, harness.times("BYE").length]).toEqual([3, 1]);
    expect(harness.report("ended")).toHaveLength(0);
  });

  test("an answer that crosses our CANCEL: ACK and BYE", () => {
    const harness = dialled(10_000);
    const invite = harness.last("INVITE");
    harness.receive(peerResponse(invite, 180));
    harness.clock.advance(10_000);
    expect(harness.times("CANCEL")).toEqual([10_000]);
    harness.receive(peerResponse(invite, 200, contact, peerSdp));
    expect([harness.times("ACK").length, harness.times("BYE").length]).toEqual([1, 1]);
    expect(harness.report("ended")).toHaveLength(1);
  });

  test("no CANCEL before a provisional response; it follows the first one", () => {
    const harness = dialled(5_000);
    harness.agent.command({ do: "hangup", leg: "out" });
    expect([harness.times("CANCEL").length, harness.report("ended").length]).toEqual([0, 1]);
    harness.receive(peerResponse(harness.last("INVITE"), 180));
    expect(harness.times("CANCEL")).toHaveLength(1);
  });

  test("an answer without a common codec: ACK and BYE", () => {
    const harness = dialled();
    harness.receive(peerResponse(harness.last("INVITE"), 200, contact, peerSdp.replace("RTP/AVP 0", "RTP/AVP 18")));
    expect([harness.times("ACK").length, harness.times("BYE").length]).toEqual([1, 1]);
    expect(harness.report("ended")).toMatchObject([{ cause: { by: "local", failure: "noCodec", sipStatus: 200 } }]);
  });

  test("199 is no ringing: what follows it in silence is not a person who does not answer", () => {
    const harness = dialled(10_000);
    harness.receive(peerResponse(harness.last("INVITE"), 199));
    harness.clock.advance(120_000);
    const [ended] = harness.report("ended");
    expect(ended!.cause.failure).not.toBe("noAnswer");
    expect(ended!.cause.rang).toBeUndefined();
  });
});

describe("registration", () => {
  function registered(): AgentHarness {
    const harness = new AgentHarness({ trunks: [trunk] });
    harness.agent.start();
    return harness;
  }
  const states = (harness: AgentHarness) => harness.report("trunk").map((report) => report.status.state);

  test("refreshed at 85 % of what was granted, taken back at the end", () => {
    const harness = registered();
    harness.receive(peerResponse(harness.last("REGISTER"), 200, ["Contact: <sip:u@192.0.2.1:5060>;expires=100, <sip:other@x>;expires=7"]));
    harness.clock.advance(84_999);
    expect(harness.times("REGISTER")).toHaveLength(1);
    harness.clock.advance(1);
    expect(harness.times("REGISTER").at(-1)).toBe(85_000);
    harness.agent.stop();
    expect(harness.last("REGISTER").headers.get("expires")).toEqual(["0"]);
    expect(states(harness)).toEqual(["registering", "registered"]);
  });

  test("refusals back off, a longer minimum is taken over", () => {
    const harness = registered();
    for (const wait of [5_000, 10_000, 20_000]) {
      const before = harness.times("REGISTER").length;
      harness.receive(peerResponse(harness.last("REGISTER"), 503));
      harness.clock.advance(wait - 1);
      expect(harness.times("REGISTER")).toHaveLength(before);
      harness.clock.advance(1);
      expect(harness.times("REGISTER")).toHaveLength(before + 1);
    }
    harness.receive(peerResponse(harness.last("REGISTER"), 423, ["Min-Expires: 3600"]));
    expect(harness.last("REGISTER").headers.get("expires")).toEqual(["3600"]);
  });

  test("wrong password: failed, tried again later, not at once", () => {
    const harness = registered();
    const challenge = ['WWW-Authenticate: Digest realm="r", nonce="1", qop="auth"'];
    harness.receive(peerResponse(harness.last("REGISTER"), 401, challenge));
    harness.receive(peerResponse(harness.last("REGISTER"), 401, ['WWW-Authenticate: Digest realm="r", nonce="2", qop="auth"']));
    expect([harness.times("REGISTER").length, states(harness).at(-1)]).toEqual([2, "failed"]);
    harness.clock.advance(5_000);
    harness.receive(peerResponse(harness.last("REGISTER"), 401, challenge));
    harness.receive(peerResponse(harness.last("REGISTER"), 200));
    expect([harness.times("REGISTER").length, states(harness).at(-1)]).toEqual([4, "registered"]);
  });
});

describe("under fire", () => {
  test("10,000 damaged messages of a living call: no throw, nothing left behind", () => {
    const { harness, tag } = answered();
    const seeds = ["INVITE", "BYE", "INFO", "UPDATE", "REFER", "NOTIFY", "OPTIONS", "ACK", "CANCEL"].flatMap((method) => [
      peerRequest(method),
      peerRequest(method, { toTag: tag, sequence: 5 }),
    ]);
    seeds.push(peerResponse(harness.last("SIP/2.0 200"), 200, [], peerSdp));
    let state = 4321;
    const dice = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let i = 0; i < 10_000; i++) {
      const bytes = Buffer.from(seeds[dice(seeds.length)]!, "latin1");
      for (let n = 1 + dice(6); n > 0; n--) bytes[dice(bytes.length)] = dice(256);
      harness.receive(bytes, { ...peerFlow, transport: dice(2) ? "udp" : "tcp" });
      if (i % 100 === 0) harness.clock.advance(700);
      for (const report of harness.reports.splice(0))
        if (report.type === "incoming") harness.agent.command({ do: dice(2) ? "answer" : "reject", leg: report.leg, sipStatus: 486 });
      harness.sent.length = 0;
    }
    harness.agent.stop();
    harness.clock.advance(300_000);
    expect(harness.agent.transactions.size).toEqual({ server: 0, client: 0 });
  });
});

describe("TCP framing", () => {
  const one = peerRequest("INVITE");
  const two = peerRequest("BYE", { sequence: 2 }).replace("Content-Length", "l");

  test("any cut of the stream gives the same messages", () => {
    const stream = Buffer.from(`\r\n\r\n${one}${two}\r\n\r\n${one}`, "latin1");
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 50 }), (sizes) => {
        const framer = new StreamFramer();
        const messages: string[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length]!;
          for (const message of framer.push(stream.subarray(at, at + size)).messages) messages.push(message.toString("latin1"));
          at += size;
        }
        expect(messages).toEqual([one, two, one]);
        expect(framer.partial).toBe(false);
      }),
      { seed: 5626, numRuns: 200 },
    );
  });

  test("too much is an error, not memory", () => {
    expect(new StreamFramer().push(Buffer.alloc(200_000, 65)).error).toBe("message too large");
    expect(new StreamFramer().push(Buffer.from("INVITE\r\nContent-Length: 999999\r\n\r\n")).error).toBe("message too large");
  });

  test("keep-alives are counted", () => {
    expect(new StreamFramer().push(Buffer.from("\r\n\r\n")).pings).toBe(1);
  });
});
