/** Legs on several media threads: where they go, and bridges between them. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Leg, Telephony } from "../../runtime/ports/telephony.ts";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import { besideLeg, newLegId, threadOf } from "../../runtime/telephony/sip/threads/leg-thread.ts";
import { mediaThreadsOf } from "../../runtime/config.ts";
import type { PeerCall } from "./peer-call.ts";
import { SipPeer } from "./peer.ts";
import { pass, until } from "./until.ts";

let peer: SipPeer;
let telephony: Telephony;
let port: number;
const legs: Leg[] = [];

beforeEach(async () => {
  legs.length = 0;
  peer = await SipPeer.open();
  telephony = sipTelephony({
    bind: "127.0.0.1",
    sipPort: 0,
    rtpPorts: [0, 0],
    maxLegs: 20,
    mediaThreads: 2,
    allow: "any",
    trunks: [{ name: "trunk", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 20 }],
  });
  ({ port } = await telephony.start({
    onIncoming: (leg) => {
      legs.push(leg);
      leg.answer();
    },
  }));
});
afterEach(async () => {
  await telephony.stop();
  peer.close();
});

async function callIn(): Promise<PeerCall> {
  const call = await peer.call({ to: "1000", port });
  await until(() => call.answered && call.rtp.heard.length > 0);
  return call;
}

test("legs are spread: the thread with fewest takes the next", async () => {
  for (let i = 0; i < 4; i++) await callIn();
  expect(legs.map((leg) => threadOf(leg.id))).toEqual([0, 1, 0, 1]);
  expect(threadOf(newLegId("x", ["a.0", "b.1", "c.0"], 2))).toBe(1);
  expect(threadOf(newLegId("x", ["a.1", "b.1", "c.0"], 3))).toBe(2);
});

test("a leg that is to be bridged goes beside the other", async () => {
  await callIn();
  await callIn();
  peer.program("500", { kind: "answer", afterMs: 0 });
  const request = { to: "500", trunk: "trunk", ringTimeoutMs: 5_000 };
  for (const beside of legs.slice(0, 2)) expect(threadOf(telephony.dial({ ...request, beside }).id)).toBe(threadOf(beside.id));
  expect(threadOf(besideLeg("x", "a.1"))).toBe(1);
});

test("two legs on different threads hear each other and each other's keys, in order, until one leaves", async () => {
  const [a, b] = [await callIn(), await callIn()];
  expect(threadOf(legs[0]!.id)).not.toBe(threadOf(legs[1]!.id));
  legs[0]!.bridge(legs[1]!);
  await a.rtp.tone(400);
  await b.rtp.tone(400);
  await until(() => b.rtp.loudMs() >= 360 && a.rtp.loudMs() >= 360);
  await a.rtp.event("5");
  await until(() => b.rtp.digits() === "5");
  const sequences = b.rtp.heard.map((packet) => packet.sequence);
  expect(sequences.every((sequence, i) => i === 0 || ((sequence - sequences[i - 1]!) & 0xffff) === 1)).toBe(true);
  legs[1]!.unbridge();
  await pass(50);
  const [heardA, heardB] = [a.rtp.loudMs(), b.rtp.loudMs()];
  await a.rtp.tone(200);
  await b.rtp.tone(200);
  await pass(100);
  expect([a.rtp.loudMs(), b.rtp.loudMs()]).toEqual([heardA, heardB]);
});

test("a bridge between threads ends with a call; the other leg plays on and can be bridged again", async () => {
  const [a, b] = [await callIn(), await callIn()];
  legs[0]!.bridge(legs[1]!);
  await a.rtp.tone(200);
  await until(() => b.rtp.loudMs() >= 160);
  a.hangup();
  await until(() => a.over);
  const third = await callIn();
  legs[2]!.bridge(legs[1]!);
  const before = b.rtp.loudMs();
  await third.rtp.tone(300);
  await until(() => b.rtp.loudMs() - before >= 240);
});

test("threads by the cores of the machine, unless they are said", () => {
  expect([1, 2, 3, 4, 8, 64].map((cores) => mediaThreadsOf({}, cores))).toEqual([1, 1, 1, 2, 4, 4]);
  expect(mediaThreadsOf({ mediaThreads: 2 }, 2)).toBe(2);
});
