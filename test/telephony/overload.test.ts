/** More work than a thread can do: what is late is skipped, what is asked is heard, new calls are refused, and no line stays held. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { ClipPlayer } from "../../runtime/telephony/media/clip-player.ts";
import { MediaEngine } from "../../runtime/telephony/media/media-engine.ts";
import { RtpLeg } from "../../runtime/telephony/media/rtp-leg.ts";
import { TICK_MS, TickLoop } from "../../runtime/telephony/media/tick-loop.ts";
import { Lateness } from "../../runtime/telephony/lateness.ts";
import type { MediaReport } from "../../runtime/telephony/sip/threads/protocol.ts";
import { AgentHarness, peerFlow, peerRequest } from "./agent-harness.ts";
import { until } from "./until.ts";

afterEach(() => void vi.restoreAllMocks());

function burn(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe("the beat under more work than it has time for", () => {
  test("the event loop turns between any two ticks", async () => {
    let ticks = 0;
    let turns = 0;
    let most = 0;
    let since = 0;
    const loop = new TickLoop(
      () => {
        burn(TICK_MS * 3);
        ticks++;
        most = Math.max(most, ++since);
        if (ticks >= 60) loop.stop();
      },
      () => {},
    );
    const turn = () => {
      turns++;
      since = 0;
      if (ticks < 60) setImmediate(turn);
    };
    setImmediate(turn);
    loop.start();
    await until(() => ticks >= 60, 30_000);
    expect(turns).toBeGreaterThanOrEqual(ticks - 2);
    expect(most).toBeLessThanOrEqual(2);
  });

  test("what is late is skipped: the beat stays near the clock and is known to be late; idle again, it is well", async () => {
    let frames = 0;
    let busy = true;
    let beats = 0;
    const loop = new TickLoop(
      () => {
        beats++;
        if (busy) burn(TICK_MS * 5);
      },
      (skipped) => (frames += skipped),
    );
    const start = performance.now();
    loop.start();
    await until(() => loop.late && frames > 10, 30_000);
    busy = false;
    await until(() => !loop.late, 30_000);
    const due = (performance.now() - start) / TICK_MS;
    // Every due tick was run or skipped: nothing is owed.
    expect(Math.abs(beats + frames * 4 - due)).toBeLessThan(60);
    loop.stop();
  });

  test("a leg is closed while the beat is overloaded", async () => {
    let burnt = 0;
    vi.spyOn(RtpLeg.prototype, "tick").mockImplementation(() => {
      if (burnt++ < 400) burn(TICK_MS * 3);
    });
    const reports: MediaReport[] = [];
    const media = new MediaEngine({
      options: { bind: "127.0.0.1", rtpPorts: [0, 0], rtpSilenceMs: 0, promptCacheBytes: 0 },
      report: (report) => void reports.push(report),
      signal: () => {},
    });
    for (const leg of ["a", "b", "c", "d"]) media.stream({ do: "open", leg });
    await until(() => burnt > 40, 30_000);
    const before = burnt;
    media.stream({ do: "close", leg: "a" });
    await until(() => reports.some((report) => report.type === "closed" && report.leg === "a"));
    expect(burnt - before).toBeLessThan(20);
    await media.stop();
  });

  test("a prompt is shortened by what was skipped, not put off", () => {
    const player = new ClipPlayer("p", [Buffer.alloc(800, 1), Buffer.alloc(800, 2)], "ulaw", false);
    player.skip(900);
    const frame = new Uint8Array(160);
    player.fill(frame);
    expect([frame[0], player.done]).toEqual([2, false]);
    player.skip(540);
    expect([player.done, player.ms]).toEqual([true, 20]);
  });
});

describe("whether a thread keeps up", () => {
  const of = (late: readonly number[], skips: readonly number[] = []) => {
    const meter = new Lateness();
    late.forEach((ms, i) => meter.note(i * 20, ms, skips.includes(i)));
    return meter.late(late.length * 20);
  };
  test.each<[string, number[], number[], boolean]>([
    ["on time", Array.from({ length: 100 }, () => 1), [], false],
    ["one short stall", Array.from({ length: 100 }, (_, i) => (i === 50 ? 900 : 1)), [], false],
    ["one skip", Array.from({ length: 100 }, (_, i) => (i === 50 ? 300 : 1)), [50], false],
    ["again and again", Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 300 : 1)), [10, 20], true],
    ["half of them late", Array.from({ length: 100 }, (_, i) => (i > 40 ? 150 : 1)), [], true],
    ["a stall of two seconds", Array.from({ length: 100 }, (_, i) => (i === 99 ? 2_100 : 1)), [], true],
    ["late long ago", Array.from({ length: 300 }, (_, i) => (i < 150 ? 500 : 1)), [1, 2, 3], false],
  ])("%s", (_title, late, skips, expected) => expect(of(late, skips)).toBe(expected));
});

describe("new calls under overload", () => {
  test("503 with Retry-After, outgoing ones fail without a word of the trunk; calls that go on are served", () => {
    const harness = new AgentHarness({ trunks: [{ name: "t", host: "192.0.2.9", port: 5060, transport: "udp", register: false, maxLines: 5 }] });
    harness.receive(peerRequest("INVITE"));
    const { leg } = harness.report("incoming")[0]!;
    harness.agent.command({ do: "answer", leg });
    harness.clock.advance(0);
    const tag = harness.last("SIP/2.0 200").to.params.get("tag")!;
    harness.receive(peerRequest("ACK", { toTag: tag }));
    harness.overloaded = true;
    harness.receive(peerRequest("INVITE", { callId: "second" }));
    expect(harness.last("SIP/2.0 503").headers.get("retry-after")).toEqual(["5"]);
    harness.agent.command({ do: "dial", leg: "out", sipCallId: "c", request: { to: "1", trunk: "t", ringTimeoutMs: 1_000 } });
    expect(harness.report("ended").at(-1)!.cause).toMatchObject({ by: "local", failure: "noLines" });
    harness.receive(peerRequest("BYE", { sequence: 2, toTag: tag }));
    expect(harness.report("ended").map((report) => report.leg)).toContain(leg);
    harness.overloaded = false;
    harness.receive(peerRequest("INVITE", { callId: "third" }));
    expect(harness.report("incoming")).toHaveLength(2);
  });

  test.each<[{ retryAfterS?: number }]>([[{}], [{ retryAfterS: 20 }]])("a call refused with 503 is told when to come back: %j", (options) => {
    const harness = new AgentHarness();
    harness.receive(peerRequest("INVITE"));
    harness.agent.command({ do: "reject", leg: harness.report("incoming")[0]!.leg, sipStatus: 503, ...options });
    expect(harness.last("SIP/2.0 503").headers.get("retry-after")).toEqual([String(options.retryAfterS ?? 5)]);
  });
});

describe("callers that never acknowledge", () => {
  /** So many answered calls from one address, none acknowledged. */
  function flood(harness: AgentHarness, count: number, address: string, prefix = ""): void {
    for (let i = 0; i < count; i++) {
      const known = harness.report("incoming").length;
      harness.receive(peerRequest("INVITE", { callId: `${prefix}${address}-${i}` }), { ...peerFlow, address });
      const leg = harness.report("incoming")[known]?.leg;
      if (leg) harness.agent.command({ do: "answer", leg });
    }
    harness.clock.advance(0);
  }
  const open = (harness: AgentHarness) => harness.report("incoming").length - harness.report("ended").length;

  test("1,500 of them hold no more than an eighth of the legs after two seconds; their RTP address is sent nothing", () => {
    const harness = new AgentHarness({ maxLegs: 800 });
    for (let i = 0; i < 30; i++) flood(harness, 50, `192.0.2.${100 + i}`);
    expect(open(harness)).toBe(800);
    expect(harness.streams.some((stream) => stream.sending)).toBe(false);
    harness.clock.advance(2_000);
    expect(open(harness)).toBe(100);
    const before = harness.report("incoming").length;
    flood(harness, 1, "192.0.2.9", "fresh");
    expect([harness.report("incoming").length - before, open(harness)]).toEqual([1, 100]);
    harness.clock.advance(60_000);
    expect([open(harness), harness.agent.halfOpen.size]).toEqual([0, 0]);
  });

  test("a flood that goes on makes its own oldest calls give way; who acknowledges is served all the time", () => {
    const harness = new AgentHarness({ maxLegs: 400 });
    const served: string[] = [];
    for (let second = 0; second < 10; second++) {
      for (let part = 0; part < 10; part++) {
        flood(harness, 30, "192.0.2.66", `${second}-${part}-`);
        const callId = `good${second}-${part}`;
        const known = harness.report("incoming").length;
        harness.receive(peerRequest("INVITE", { callId }), { ...peerFlow, address: "192.0.2.66" });
        const leg = harness.report("incoming")[known]!.leg;
        harness.agent.command({ do: "answer", leg });
        harness.clock.advance(0);
        harness.receive(peerRequest("ACK", { callId, toTag: harness.last("SIP/2.0 200").to.params.get("tag")! }));
        served.push(leg);
        harness.clock.advance(100);
      }
      expect(open(harness) - served.length).toBeLessThan(200);
    }
    const ended = new Set(harness.report("ended").map(({ leg }) => leg));
    expect([served.length, served.filter((leg) => ended.has(leg))]).toEqual([100, []]);
  });

  test("with the ACK we send, and the call no longer counts", () => {
    const harness = new AgentHarness();
    flood(harness, 1, peerFlow.address);
    expect([harness.streams.at(-1)!.sending, harness.agent.halfOpen.size]).toEqual([false, 1]);
    const tag = harness.last("SIP/2.0 200").to.params.get("tag")!;
    harness.receive(peerRequest("ACK", { toTag: tag, callId: `${peerFlow.address}-0` }));
    expect([harness.streams.at(-1)!.sending, harness.agent.halfOpen.size]).toEqual([true, 0]);
  });
});
