/** A trunk that does not answer, refuses, or takes a call and rings nobody: what the leg's end and the trunk's state say. */
import { createSocket } from "node:dgram";
import { describe, expect, test } from "vitest";
import type { HangupCause, LegEvent, Trunk } from "../../runtime/ports/telephony.ts";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import { AgentHarness, peerResponse, peerSdp } from "./agent-harness.ts";
import { until } from "./until.ts";

const trunk: Trunk = { name: "t", host: "trunk.example.com", port: 5060, transport: "udp", register: false, maxLines: 5 };
const contact = ["Contact: <sip:100@192.0.2.9>"];

function dialled(ringTimeoutMs = 25_000, given = trunk): AgentHarness {
  const harness = new AgentHarness({ trunks: [given] });
  harness.agent.start();
  harness.agent.command({ do: "dial", leg: "out", sipCallId: "c-out", request: { to: "100", trunk: "t", ringTimeoutMs } });
  harness.clock.advance(0);
  return harness;
}
const ended = (harness: AgentHarness): HangupCause | undefined => harness.report("ended")[0]?.cause;
const state = (harness: AgentHarness) => harness.report("trunk").at(-1)!.status;
/** What a row would keep. */
const words = (cause: HangupCause | undefined) => [cause?.sipStatus ?? null, cause?.q850 ?? null];

describe("the ring timer", () => {
  test("does not run before a 18x: without any answer the call fails at timer B, not as «no answer»", () => {
    const harness = dialled();
    harness.clock.advance(31_999);
    expect(ended(harness)).toBeUndefined();
    harness.clock.advance(1);
    expect(ended(harness)).toEqual({ by: "network", failure: "noReply", reason: "no reply" });
  });

  test("100 and no more: nobody was rung, CANCEL goes out", () => {
    const harness = dialled();
    harness.receive(peerResponse(harness.last("INVITE"), 100));
    harness.clock.advance(33_000);
    expect(ended(harness)).toMatchObject({ by: "network", failure: "noRinging" });
    expect([words(ended(harness)), harness.times("CANCEL")[0]]).toEqual([[null, null], 32_001]);
  });

  test.each([180, 181, 182, 183])("starts with %i, and with the first one only", (status) => {
    const harness = dialled();
    harness.clock.advance(10_000);
    harness.receive(peerResponse(harness.last("INVITE"), status));
    harness.clock.advance(20_000);
    harness.receive(peerResponse(harness.last("INVITE"), 180));
    harness.clock.advance(4_999);
    expect(ended(harness)).toBeUndefined();
    harness.clock.advance(1);
    expect(ended(harness)).toEqual({ by: "local", failure: "noAnswer", reason: "no answer", rang: true });
    expect(harness.last("CANCEL").headers.get("reason")).toEqual(["Q.850;cause=19"]);
  });

  test("an answer that comes without 18x is an answer", () => {
    const harness = dialled();
    harness.receive(peerResponse(harness.last("INVITE"), 200, contact, peerSdp));
    harness.clock.advance(100_000);
    expect(ended(harness)).toBeUndefined();
  });
});

describe("what is known of a trunk", () => {
  test("nothing at first; OPTIONS asks, any answer says that it is there", () => {
    const harness = new AgentHarness({ trunks: [trunk] });
    harness.agent.start();
    expect(state(harness)).toEqual({ trunk: "t", state: "unknown" });
    harness.clock.advance(15_000);
    harness.receive(peerResponse(harness.last("OPTIONS"), 405));
    expect(state(harness)).toMatchObject({ state: "ok", since: 15_000 });
    harness.agent.stop();
  });

  test("no answer to OPTIONS: it fails since then, and is asked again until it answers", () => {
    const harness = new AgentHarness({ trunks: [trunk] });
    harness.agent.start();
    harness.clock.advance(15_000 + 32_000);
    expect(state(harness)).toEqual({ trunk: "t", state: "failing", since: 47_000, reason: "no reply" });
    harness.clock.advance(90_000);
    harness.receive(peerResponse(harness.last("OPTIONS"), 200));
    expect(state(harness).state).toBe("ok");
    harness.agent.stop();
  });

  test("a trunk whose calls are answered is not asked", () => {
    const harness = dialled();
    for (let i = 0; i < 10; i++) {
      harness.agent.command({ do: "dial", leg: `o${i}`, sipCallId: `c${i}`, request: { to: "100", trunk: "t", ringTimeoutMs: 5_000 } });
      harness.clock.advance(0);
      harness.receive(peerResponse(harness.last("INVITE"), 486));
      harness.clock.advance(10_000);
    }
    expect([harness.times("OPTIONS").length, state(harness).state]).toEqual([0, "ok"]);
    harness.agent.stop();
  });

  test.each([
    [503, "failing", "503 Service Unavailable"],
    [403, "failing", "403 Forbidden"],
    [408, "failing", "408 Request Timeout"],
    [486, "ok", undefined],
    [404, "ok", undefined],
    [603, "ok", undefined],
  ])("a call refused with %i: %s", (status, expected, reason) => {
    const harness = dialled();
    harness.receive(peerResponse(harness.last("INVITE"), status));
    expect([state(harness).state, state(harness).reason]).toEqual([expected, reason]);
    harness.agent.stop();
  });

  test("a trunk that refuses calls is not well because it answers OPTIONS; a call that rings says so", () => {
    const harness = dialled();
    harness.receive(peerResponse(harness.last("INVITE"), 503));
    harness.clock.advance(61_000);
    harness.receive(peerResponse(harness.last("OPTIONS"), 200));
    expect(state(harness).state).toBe("failing");
    harness.agent.command({ do: "dial", leg: "again", sipCallId: "c2", request: { to: "100", trunk: "t", ringTimeoutMs: 5_000 } });
    harness.clock.advance(0);
    harness.receive(peerResponse(harness.last("INVITE"), 180));
    expect(state(harness).state).toBe("ok");
    harness.agent.stop();
  });

  test("a registration that gets no answer has no status and says so", () => {
    const harness = new AgentHarness({ trunks: [{ ...trunk, register: true, username: "u", password: "p" }] });
    harness.agent.start();
    harness.clock.advance(32_000);
    expect(state(harness)).toEqual({ trunk: "t", state: "failed", since: 32_000, reason: "no reply to REGISTER" });
    harness.agent.stop();
  });
});

async function closedPort(): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

test.each(["udp", "tcp"] as const)("a port nobody listens on is heard at once, not at timer B (%s)", async (transport) => {
  const port = await closedPort();
  const telephony = sipTelephony({
    bind: "127.0.0.1",
    sipPort: 0,
    rtpPorts: [0, 0],
    maxLegs: 5,
    allow: "any",
    trunks: [{ ...trunk, host: "127.0.0.1", port, transport }],
  });
  await telephony.start({ onIncoming: () => {} });
  const events: LegEvent[] = [];
  telephony.dial({ to: "100", trunk: "t", ringTimeoutMs: 25_000 }).listen((event) => events.push(event));
  await until(() => events.length > 0);
  expect(events).toMatchObject([{ type: "hungup", cause: { by: "network", failure: "unreachable", reason: expect.stringContaining("ECONNREFUSED") } }]);
  expect(telephony.trunks()).toMatchObject([{ trunk: "t", state: "failing", reason: expect.stringContaining("unreachable") }]);
  await telephony.stop();
});
