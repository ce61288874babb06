/** The clock of the machine is set, a day back or on: nothing that measures an interval notices. */
import { describe, expect, test } from "vitest";
import type { Trunk } from "../../runtime/ports/telephony.ts";
import { RtpLeg } from "../../runtime/telephony/media/rtp-leg.ts";
import { Locator } from "../../runtime/telephony/sip/transport/locator.ts";
import { SourceBound } from "../../runtime/telephony/sip/transport/source-bound.ts";
import { AgentHarness, peerRequest, peerResponse } from "./agent-harness.ts";
import { SetClock } from "./virtual-clock.ts";

const day = 86_400_000;
const trunk: Trunk = { name: "t", host: "trunk.example.com", port: 5060, transport: "udp", username: "u", password: "p", register: true, maxLines: 5 };

describe.each([["back", -day] as const, ["on", day] as const])("a day %s", (_title, step) => {
  test("a registration is refreshed, transactions repeat and end, the ring timer runs", () => {
    const clock = new SetClock(day * 20_000);
    const harness = new AgentHarness({ trunks: [trunk] }, clock);
    const start = clock.elapsed();
    harness.agent.start();
    harness.receive(peerResponse(harness.last("REGISTER"), 200, ["Expires: 100"]));
    harness.agent.command({ do: "dial", leg: "silent", sipCallId: "c1", request: { to: "1", trunk: "t", ringTimeoutMs: 20_000 } });
    harness.agent.command({ do: "dial", leg: "rings", sipCallId: "c2", request: { to: "2", trunk: "t", ringTimeoutMs: 20_000 } });
    clock.advance(0);
    clock.step(step);
    harness.receive(peerResponse(harness.last("INVITE"), 180));
    clock.advance(20_000);
    expect(harness.report("ended")).toMatchObject([{ leg: "rings", cause: { failure: "noAnswer" } }]);
    clock.advance(12_000);
    expect(harness.report("ended")).toMatchObject([{ leg: "rings" }, { leg: "silent", cause: { failure: "noReply" } }]);
    clock.advance(85_000 - (clock.elapsed() - start));
    expect(harness.times("REGISTER")).toHaveLength(2);
    harness.agent.stop();
  });

  test("a source keeps its rate, neither silenced nor let loose", () => {
    const clock = new SetClock(day * 20_000);
    const bound = new SourceBound(clock, 5);
    const allowed = () => Array.from({ length: 50 }, () => bound.allows("192.0.2.9")).filter(Boolean).length;
    expect(allowed()).toBe(10);
    clock.step(step);
    expect(allowed()).toBe(0);
    clock.advance(1_000);
    expect(allowed()).toBe(5);
  });

  test("a name is asked for again when its minute is over, not a day later", () => {
    const clock = new SetClock(day * 20_000);
    let asked = 0;
    const locator = new Locator(clock, "any", (_host, done) => done(`192.0.2.${++asked}`));
    const found: (string | undefined)[] = [];
    const look = () => locator.trunk(trunk, (flow) => void found.push(flow?.address));
    look();
    clock.step(step);
    look();
    clock.advance(60_001);
    look();
    expect(found).toEqual(["192.0.2.1", "192.0.2.1", "192.0.2.2"]);
  });

  test("a trunk without registration is asked again when it falls silent", () => {
    const clock = new SetClock(day * 20_000);
    const harness = new AgentHarness({ trunks: [{ ...trunk, register: false }] }, clock);
    harness.agent.start();
    clock.advance(15_000);
    harness.receive(peerResponse(harness.last("OPTIONS"), 200));
    clock.step(step);
    clock.advance(61_000);
    expect(new Set(harness.sent.filter(({ text }) => text.startsWith("OPTIONS")).map(({ text }) => /Call-ID: (.*)/.exec(text)?.[1])).size).toBe(2);
    harness.agent.stop();
  });

  test("callers without ACK are counted by elapsed time", () => {
    const clock = new SetClock(day * 20_000);
    const harness = new AgentHarness({ maxLegs: 16 }, clock);
    for (let i = 0; i < 6; i++) {
      harness.receive(peerRequest("INVITE", { callId: `c${i}` }));
      harness.agent.command({ do: "answer", leg: harness.report("incoming")[i]!.leg });
    }
    clock.step(step);
    clock.advance(1_999);
    expect(harness.report("ended")).toHaveLength(0);
    clock.advance(1);
    expect(harness.report("ended")).toHaveLength(4);
  });
});

test("the same press by two ways is one key while the clock is set; the next one is another", () => {
  const seen: string[] = [];
  const leg = new RtpLeg("a", {} as ConstructorParameters<typeof RtpLeg>[1], 0, (event) => event.type === "digit" && seen.push(event.digit));
  const { now } = Date;
  try {
    leg.digit("5", "info");
    Date.now = () => now() - day;
    leg.digit("5", "inband");
    leg.digit("6", "inband");
  } finally {
    Date.now = now;
  }
  expect(seen).toEqual(["5", "6"]);
});
