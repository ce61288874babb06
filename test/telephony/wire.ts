/** The SIP adapter and the test peer in front of it, shared by the tests that look at the wire. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { encode } from "../../runtime/audio/g711.ts";
import type { Leg, LegEvent, Telephony, Trunk } from "../../runtime/ports/telephony.ts";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import { SipPeer } from "./peer.ts";
import { sine } from "./sine.ts";
import { until } from "./until.ts";

export type Watched = { leg: Leg; events: LegEvent[] };

export const folder = mkdtempSync(join(tmpdir(), "sufler-wire-"));
export const clip = { path: join(folder, "clip"), ms: 200 };
export let peer: SipPeer;
export let telephony: Telephony;
export let port: number;
export let incoming: Watched[] = [];
let onLeg: (leg: Leg) => void = () => {};

beforeAll(async () => {
  writeFileSync(`${clip.path}.ulaw`, encode("ulaw", sine(440, 200)));
  writeFileSync(`${clip.path}.alaw`, encode("alaw", sine(440, 200)));
  peer = await SipPeer.open();
  const trunk: Trunk = { name: "trunk", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 2, callerId: "74951112233" };
  telephony = sipTelephony({
    bind: "127.0.0.1",
    sipPort: 0,
    rtpPorts: [0, 0],
    maxLegs: 5,
    allow: "any",
    trunks: [trunk, { ...trunk, name: "login", username: "user", password: "secret", maxLines: 9 }],
  });
  ({ port } = await telephony.start({
    onIncoming: (leg) => {
      incoming.push(watch(leg));
      onLeg(leg);
    },
  }));
});
afterAll(async () => {
  await telephony.stop();
  peer.close();
});
beforeEach(() => {
  incoming = [];
  onLeg = (leg) => leg.answer();
});
afterEach(async () => {
  peer.lose = () => false;
  for (const { leg } of incoming) leg.hangup();
  await until(() => telephony.stats().legs === 0);
});

export function watch(leg: Leg): Watched {
  const events: LegEvent[] = [];
  leg.listen((event) => events.push(event));
  return { leg, events };
}

export const has = (call: Watched | undefined, type: LegEvent["type"]) => call?.events.some((event) => event.type === type) ?? false;
export const only = <T extends LegEvent["type"]>(call: Watched, type: T) =>
  call.events.filter((event): event is Extract<LegEvent, { type: T }> => event.type === type);

/** A request outside calls, with header lines dropped or added. */
export function request(method: string, changes: { uri?: string; lines?: readonly string[]; drop?: RegExp; body?: string; version?: string } = {}): string {
  const body = changes.body ?? "";
  const lines = [
    peer.via(),
    "Max-Forwards: 70",
    "From: <sip:a@127.0.0.1>;tag=1",
    "To: <sip:1000@127.0.0.1>",
    `Call-ID: ${peer.token()}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:a@127.0.0.1:${peer.port}>`,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${body.length}`,
  ].filter((line) => !changes.drop?.test(line));
  return [`${method} ${changes.uri ?? `sip:1000@127.0.0.1:${port}`} ${changes.version ?? "SIP/2.0"}`, ...lines, ...(changes.lines ?? []), "", body].join(
    "\r\n",
  );
}

/** What to do with the next incoming legs; each test begins with answering. */
export function whenCalled(act: (leg: Leg) => void): void {
  onLeg = act;
}
