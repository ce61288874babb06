/** The lines of a trunk: never more than it has, free again however a call ends. */
import { describe, expect, test } from "vitest";
import type { Trunk } from "../../runtime/ports/telephony.ts";
import { AgentHarness, peerRequest, peerResponse, peerSdp } from "./agent-harness.ts";

const trunk: Trunk = { name: "t", host: "trunk.example.com", port: 5060, transport: "udp", register: false, maxLines: 3 };
const contact = ["Contact: <sip:100@192.0.2.9>"];

function dial(harness: AgentHarness, leg: string, to = "100"): void {
  harness.agent.command({ do: "dial", leg, sipCallId: `call-${leg}`, request: { to, trunk: "t", ringTimeoutMs: 5_000 } });
}

test("a burst of fifty: three lines, forty-seven refusals, no INVITE too many", () => {
  const harness = new AgentHarness({ trunks: [trunk] });
  for (let i = 0; i < 50; i++) dial(harness, `o${i}`);
  harness.clock.advance(0);
  expect(harness.report("ended").filter(({ cause }) => cause.failure === "noLines")).toHaveLength(47);
  expect(new Set(harness.sent.filter(({ text }) => text.startsWith("INVITE")).map(({ text }) => /Call-ID: (.*)/.exec(text)?.[1])).size).toBe(3);
});

/** The trunk's answer to an INVITE that was given up; one that never said anything is forgotten after 64*T1. */
const cancelled = (harness: AgentHarness) => harness.receive(peerResponse(harness.last("INVITE"), 487));
const forgotten = (harness: AgentHarness) => harness.clock.advance(32_000);

/** Every way a dialled leg may end. */
const endings: Record<string, (harness: AgentHarness, leg: string) => void> = {
  refused: (harness) => harness.receive(peerResponse(harness.last("INVITE"), 486)),
  "no reply": (harness) => harness.clock.advance(32_000),
  "no response after 100": (harness) => {
    harness.receive(peerResponse(harness.last("INVITE"), 100));
    harness.clock.advance(33_000);
    cancelled(harness);
  },
  "rang out": (harness) => {
    harness.receive(peerResponse(harness.last("INVITE"), 180));
    harness.clock.advance(5_000);
    cancelled(harness);
  },
  "given up at once": (harness, leg) => {
    harness.agent.command({ do: "hangup", leg });
    forgotten(harness);
  },
  "given up while it rings": (harness, leg) => {
    harness.receive(peerResponse(harness.last("INVITE"), 180));
    harness.agent.command({ do: "hangup", leg });
    cancelled(harness);
  },
  "given up, CANCEL answered, INVITE never": (harness, leg) => {
    harness.receive(peerResponse(harness.last("INVITE"), 180));
    harness.agent.command({ do: "hangup", leg });
    harness.receive(peerResponse(harness.last("CANCEL"), 200));
    forgotten(harness);
  },
  "answered, our BYE": (harness, leg) => {
    harness.receive(peerResponse(harness.last("INVITE"), 200, contact, peerSdp));
    harness.agent.command({ do: "hangup", leg });
  },
  "answered, their BYE": (harness, leg) => {
    const invite = harness.last("INVITE");
    harness.receive(peerResponse(invite, 200, contact, peerSdp));
    const bye = peerRequest("BYE", { sequence: 7, toTag: invite.from.params.get("tag")!, callId: `call-${leg}` });
    harness.receive(bye);
  },
  "answered without a codec": (harness) => harness.receive(peerResponse(harness.last("INVITE"), 200, contact, peerSdp.replace("AVP 0", "AVP 18"))),
  "the media is lost": (harness, leg) => {
    harness.agent.lost(leg, "no RTP");
    forgotten(harness);
  },
  "a bug": (harness, leg) => {
    harness.agent.drop(leg, "bug");
    forgotten(harness);
  },
};

describe("a line is free again", () => {
  test.each(Object.keys(endings))("%s", (name) => {
    const harness = new AgentHarness({ trunks: [{ ...trunk, maxLines: 1 }] });
    for (let i = 0; i < 3; i++) {
      dial(harness, `o${i}`);
      harness.clock.advance(0);
      expect(harness.report("ended").map(({ leg }) => leg)).not.toContain(`o${i}`);
      endings[name]!(harness, `o${i}`);
      expect(harness.report("ended").map(({ leg }) => leg)).toContain(`o${i}`);
    }
  });

  test("a number that is none takes none", () => {
    const harness = new AgentHarness({ trunks: [{ ...trunk, maxLines: 1 }] });
    dial(harness, "bad", "12 34");
    dial(harness, "good");
    harness.clock.advance(0);
    expect(harness.report("ended").map(({ leg }) => leg)).toEqual(["bad"]);
  });
});

test("a line is taken until the trunk has answered the INVITE that was cancelled", () => {
  const harness = new AgentHarness({ trunks: [{ ...trunk, maxLines: 1 }] });
  dial(harness, "first");
  harness.clock.advance(0);
  harness.receive(peerResponse(harness.last("INVITE"), 180));
  const invite = harness.last("INVITE");
  harness.agent.command({ do: "hangup", leg: "first" });
  expect(harness.report("ended").map(({ leg }) => leg)).toEqual(["first"]);
  dial(harness, "early");
  expect(harness.report("ended").at(-1)).toMatchObject({ leg: "early", cause: { failure: "noLines" } });
  harness.receive(peerResponse(invite, 487));
  dial(harness, "later");
  harness.clock.advance(0);
  expect(harness.report("ended").map(({ leg }) => leg)).toEqual(["first", "early"]);
});
