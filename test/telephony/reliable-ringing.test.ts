/** Reliable provisional responses both ways (RFC 3262). */
import { describe, expect, test } from "vitest";
import { AgentHarness, peerRequest, peerResponse, peerSdp } from "./agent-harness.ts";

const required = ["Require: 100rel"];

function ringing(lines: readonly string[] = required, body?: string): { harness: AgentHarness; leg: string; tag: string; rack: string } {
  const harness = new AgentHarness();
  harness.receive(peerRequest("INVITE", { lines, ...(body === undefined ? {} : { body }) }));
  const { leg } = harness.report("incoming")[0]!;
  harness.agent.command({ do: "ring", leg });
  harness.clock.advance(0);
  const ring = harness.last("SIP/2.0 180");
  return { harness, leg, tag: ring.to.params.get("tag")!, rack: `${ring.headers.get("rseq")?.[0]} 1 INVITE` };
}
const prack = (tag: string, rack: string, more: { sequence?: number; body?: string } = {}) =>
  peerRequest("PRACK", { sequence: 2, toTag: tag, lines: [`RAck: ${rack}`], ...more });

describe("we ring", () => {
  test("with Require: 100rel: RSeq, repeated until the PRACK, then the answer", () => {
    const { harness, leg, tag, rack } = ringing();
    expect(harness.last("SIP/2.0 180").headers.get("require")).toEqual(["100rel"]);
    harness.clock.advance(3_500);
    expect(harness.times("SIP/2.0 180")).toEqual([0, 500, 1_500, 3_500]);
    harness.receive(prack(tag, rack));
    expect(harness.last("SIP/2.0 200").cseq.method).toBe("PRACK");
    harness.receive(prack(tag, rack, { sequence: 3 }));
    expect(harness.last("SIP/2.0 481").cseq.number).toBe(3);
    harness.clock.advance(60_000);
    expect(harness.times("SIP/2.0 180")).toHaveLength(4);
    harness.agent.command({ do: "answer", leg });
    expect(harness.last("SIP/2.0 200").cseq.method).toBe("INVITE");
    harness.receive(peerRequest("ACK", { toTag: tag }));
    expect(harness.report("event").at(-1)!.event.type).toBe("answered");
  });

  test.each(["1 1 INVITE", "x", "", "2 9 INVITE", "2 1 UPDATE"])("a PRACK for something else is 481: %j", (rack) => {
    const { harness, tag } = ringing();
    harness.receive(prack(tag, rack));
    expect(harness.times("SIP/2.0 481")).toHaveLength(1);
    harness.clock.advance(500);
    expect(harness.times("SIP/2.0 180")).toHaveLength(2);
  });

  test("no PRACK within 64*T1: 504, nothing stays behind", () => {
    const { harness } = ringing();
    harness.clock.advance(32_000);
    expect(harness.times("SIP/2.0 504")[0]).toBe(32_000);
    expect(harness.report("ended")).toMatchObject([{ cause: { by: "local", sipStatus: 504 } }]);
    harness.clock.advance(100_000);
    expect([harness.agent.transactions.size, harness.clock.pending]).toEqual([{ server: 0, client: 0 }, 0]);
  });

  test("answered before the PRACK came: the repetition stops", () => {
    const { harness, leg } = ringing();
    harness.agent.command({ do: "answer", leg });
    harness.clock.advance(10_000);
    expect(harness.times("SIP/2.0 180")).toHaveLength(1);
  });

  test("a late offer: ours in the 180, the answer in the PRACK, a 200 without a body", () => {
    const { harness, leg, tag, rack } = ringing(required, "");
    expect(harness.last("SIP/2.0 180").body).toContain("m=audio 20000");
    harness.agent.command({ do: "answer", leg });
    expect(harness.times("SIP/2.0 200")).toHaveLength(0);
    harness.receive(prack(tag, rack, { body: peerSdp }));
    const ok = harness.last("SIP/2.0 200");
    expect([ok.cseq.method, ok.body]).toEqual(["INVITE", ""]);
    harness.receive(peerRequest("ACK", { toTag: tag }));
    expect(harness.streams.at(-1)).toMatchObject({ port: 4000, sending: true });
    expect(harness.report("event").at(-1)!.event.type).toBe("answered");
  });

  test("CANCEL, BYE in the early dialog, and a refusal end it without a trace", () => {
    for (const end of ["CANCEL", "BYE", "reject"] as const) {
      const { harness, leg, tag } = ringing();
      if (end === "CANCEL") harness.receive(peerRequest("CANCEL", { branch: "z9hG4bKINVITE1call-1" }));
      else if (end === "BYE") harness.receive(peerRequest("BYE", { sequence: 2, toTag: tag }));
      else harness.agent.command({ do: "reject", leg, sipStatus: 486 });
      expect(harness.times(end === "reject" ? "SIP/2.0 486" : "SIP/2.0 487")).toHaveLength(1);
      expect(harness.report("ended")).toHaveLength(1);
      harness.clock.advance(200_000);
      expect([harness.agent.transactions.size, harness.clock.pending]).toEqual([{ server: 0, client: 0 }, 0]);
      harness.receive(peerRequest("OPTIONS", { sequence: 9, toTag: tag }));
      expect(harness.times("SIP/2.0 481")).toHaveLength(1);
    }
  });

  test("supported only, or not named: plain ringing", () => {
    for (const lines of [[], ["Supported: 100rel, timer"]]) {
      const { harness } = ringing(lines);
      expect([harness.last("SIP/2.0 180").headers.has("rseq"), harness.last("SIP/2.0 180").headers.get("supported")]).toEqual([false, ["timer, 100rel"]]);
    }
  });

  test("a re-INVITE before the answer waits", () => {
    const { harness, tag } = ringing();
    harness.receive(peerRequest("INVITE", { sequence: 2, toTag: tag }));
    expect(harness.last("SIP/2.0 500").headers.has("retry-after")).toBe(true);
  });
});

describe("they ring", () => {
  function dialled(): AgentHarness {
    const harness = new AgentHarness({ trunks: [{ name: "t", host: "192.0.2.9", port: 5060, transport: "udp", register: false, maxLines: 5 }] });
    harness.agent.command({ do: "dial", leg: "out", sipCallId: "c-out", request: { to: "100", trunk: "t", ringTimeoutMs: 30_000 } });
    harness.clock.advance(0);
    return harness;
  }
  const reliable = (sequence: number) => ["Require: 100rel", `RSeq: ${sequence}`, "Contact: <sip:100@192.0.2.77>"];

  test("we say that we support it, and PRACK each reliable response once, in order", () => {
    const harness = dialled();
    const invite = harness.last("INVITE");
    expect(invite.headers.get("supported")).toEqual(["100rel"]);
    harness.receive(peerResponse(invite, 183, reliable(7), peerSdp));
    const first = harness.last("PRACK");
    expect([first.headers.get("rack"), first.cseq.number, first.kind === "request" && first.uri]).toEqual([["7 1 INVITE"], 2, "sip:100@192.0.2.77"]);
    expect(harness.report("event").at(-1)!.event).toMatchObject({ type: "ringing", earlyMedia: true });
    harness.receive(peerResponse(first, 200));
    harness.receive(peerResponse(invite, 183, reliable(7), peerSdp));
    harness.receive(peerResponse(invite, 180, reliable(9)));
    expect(harness.times("PRACK")).toHaveLength(1);
    harness.receive(peerResponse(invite, 180, reliable(8)));
    expect([harness.last("PRACK").headers.get("rack"), harness.last("PRACK").cseq.number]).toEqual([["8 1 INVITE"], 3]);
  });

  test("the call that follows goes on counting, and a 2xx may leave the answer out", () => {
    const harness = dialled();
    const invite = harness.last("INVITE");
    harness.receive(peerResponse(invite, 183, reliable(1), peerSdp));
    harness.receive(peerResponse(harness.last("PRACK"), 200));
    harness.receive(peerResponse(invite, 200, ["Contact: <sip:100@192.0.2.77>"]));
    expect([harness.last("ACK").cseq.number, harness.report("event").at(-1)!.event.type]).toEqual([1, "answered"]);
    harness.agent.command({ do: "hangup", leg: "out" });
    expect(harness.last("BYE").cseq.number).toBe(3);
  });

  test("two forks have a row of numbers each; an unreliable 18x gets no PRACK", () => {
    const harness = dialled();
    const invite = harness.last("INVITE");
    harness.receive(peerResponse(invite, 180, reliable(5)));
    harness.receive(peerResponse(invite, 180, reliable(100)).replace("tag=far", "tag=other"));
    harness.receive(peerResponse(invite, 180, ["Contact: <sip:100@192.0.2.77>"]));
    expect(harness.times("PRACK")).toHaveLength(2);
  });
});
