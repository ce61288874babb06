/** The SIP adapter as seen on the wire by a small peer of our own. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encode } from "../../runtime/audio/g711.ts";
import type { Leg, LegEvent, Telephony, Trunk } from "../../runtime/ports/telephony.ts";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import { SipPeer, type Message } from "./peer.ts";
import { sine } from "./sine.ts";
import { pass, until } from "./until.ts";

type Watched = { leg: Leg; events: LegEvent[] };

const folder = mkdtempSync(join(tmpdir(), "sufler-wire-"));
const clip = { path: join(folder, "clip"), ms: 200 };
let peer: SipPeer;
let telephony: Telephony;
let port: number;
let incoming: Watched[] = [];
let onLeg: (leg: Leg) => void = () => {};

beforeAll(async () => {
  writeFileSync(`${clip.path}.ulaw`, encode("ulaw", sine(440, 200)));
  writeFileSync(`${clip.path}.alaw`, encode("alaw", sine(440, 200)));
  peer = await SipPeer.open();
  const trunk: Trunk = { name: "trunk", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 2, callerId: "74951112233" };
  telephony = sipTelephony({
    bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], maxLegs: 5, allow: "any",
    trunks: [trunk, { ...trunk, name: "login", username: "user", password: "secret", maxLines: 9 }],
  });
  ({ port } = await telephony.start({ onIncoming: (leg) => {
    incoming.push(watch(leg));
    onLeg(leg);
  } }));
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

function watch(leg: Leg): Watched {
  const events: LegEvent[] = [];
  leg.listen((event) => events.push(event));
  return { leg, events };
}

const has = (call: Watched | undefined, type: LegEvent["type"]) => call?.events.some((event) => event.type === type) ?? false;
const only = <T extends LegEvent["type"]>(call: Watched, type: T) => call.events.filter((event): event is Extract<LegEvent, { type: T }> => event.type === type);

function request(method: string, changes: { uri?: string; lines?: readonly string[]; drop?: RegExp; body?: string; version?: string } = {}): string {
  const body = changes.body ?? "";
  const lines = [
    peer.via(), "Max-Forwards: 70", "From: <sip:a@127.0.0.1>;tag=1", "To: <sip:1000@127.0.0.1>", `Call-ID: ${peer.token()}`, `CSeq: 1 ${method}`,
    `Contact: <sip:a@127.0.0.1:${peer.port}>`, ...(body ? ["Content-Type: application/sdp"] : []), `Content-Length: ${body.length}`,
  ].filter((line) => !changes.drop?.test(line));
  return [`${method} ${changes.uri ?? `sip:1000@127.0.0.1:${port}`} ${changes.version ?? "SIP/2.0"}`, ...lines, ...(changes.lines ?? []), "", body].join("\r\n");
}

describe("requests outside calls", () => {
  const replaced = /^Max-Forwards/;
  test.each<[string, () => string, number, RegExp]>([
    ["OPTIONS", () => request("OPTIONS"), 200, /^Allow: .*INVITE[\s\S]*^Accept: application\/sdp/m],
    ["an unknown method", () => request("PUBLISH"), 405, /^Allow: /m],
    ["REGISTER (we are no registrar)", () => request("REGISTER"), 405, /^Allow: /m],
    ["an unknown scheme", () => request("OPTIONS", { uri: "http://example.com" }), 416, /./],
    ["a sip URI that cannot be read", () => request("OPTIONS", { uri: "sip:a@b:port" }), 400, /./],
    ["an extension we lack", () => request("OPTIONS", { lines: ["Require: nothingSupportsThis, timer"] }), 420, /^Unsupported: nothingSupportsThis\r$/m],
    ["100rel required", () => request("INVITE", { lines: ["Require: 100rel"] }), 420, /^Unsupported: 100rel/m],
    ["no hops left", () => request("INVITE", { drop: replaced, lines: ["Max-Forwards: 0"] }), 483, /./],
    ["OPTIONS with no hops left is for us", () => request("OPTIONS", { drop: replaced, lines: ["Max-Forwards: 0"] }), 200, /./],
    ["another version", () => request("OPTIONS", { version: "SIP/3.0" }), 505, /./],
    ["a message that cannot be read", () => request("OPTIONS", { lines: ["CSeq: 2 OPTIONS"] }), 400, /more than one cseq/],
    ["BYE of no call", () => request("BYE", { drop: /^To/, lines: ["To: <sip:x@y>;tag=unknown"] }), 481, /./],
    ["CANCEL of nothing", () => request("CANCEL"), 481, /./],
    ["REFER outside a call", () => request("REFER", { lines: ["Refer-To: <sip:x@y>"] }), 603, /./],
    ["INVITE without Contact", () => request("INVITE", { drop: /^Contact/ }), 400, /./],
    ["a body that is no SDP", () => request("INVITE", { drop: /^Content-Type/, lines: ["Content-Type: text/plain"], body: "hello" }), 415, /^Accept: application\/sdp/m],
    ["no common codec", () => request("INVITE", { body: "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 18\r\n" }), 488, /./],
  ])("%s", async (_title, make, status, text) => {
    const response = await peer.ask(make(), port);
    expect(response?.status).toBe(status);
    expect(response!.text).toMatch(text);
    expect(response!.headers.get("to")![0]).toMatch(/;tag=\w/);
    expect(incoming).toHaveLength(0);
  });

  test("a tel URI is a number", async () => {
    const call = await peer.call({ to: "1", port });
    peer.send(request("INVITE", { uri: "tel:+7-495-000", lines: ["P-Asserted-Identity: \"X\" <tel:+79001112233>"] }), port);
    await until(() => incoming.length === 2);
    expect(incoming[1]!.leg).toMatchObject({ dialled: "+7495000", caller: "+79001112233" });
    call.hangup();
  });

  test.each([
    ["anonymous From", "anonymous", [], ""],
    ["Privacy: id", "79990000001", ["P-Asserted-Identity: <sip:79990000002@x>", "Privacy: id"], ""],
    ["P-Asserted-Identity wins", "anonymous", ["P-Asserted-Identity: <sip:+79990000002@x>"], "+79990000002"],
    ["an escaped user", "%2B7999", [], "+7999"],
  ])("caller: %s", async (_title, from, headers, expected) => {
    await peer.call({ to: "1000", port, from, headers });
    await until(() => incoming.length === 1);
    expect(incoming[0]!.leg.caller).toBe(expected);
  });

  test("rubbish is survived", async () => {
    for (const text of ["", "\0\0\0\0".repeat(10), "INVITE", "SIP/2.0 200 OK\r\n\r\n", request("INVITE").slice(0, 100), request("ACK")]) peer.send(text, port);
    expect((await peer.ask(request("OPTIONS"), port))?.status).toBe(200);
  });
});

describe("incoming calls", () => {
  test("100 at once, one leg for a repeated INVITE, 2xx repeated until the ACK", async () => {
    onLeg = () => {};
    const call = await peer.call({ to: "1000", port });
    await until(() => incoming.length === 1 && call.statuses.includes(100));
    call.repeatInvite();
    incoming[0]!.leg.ring();
    await until(() => call.statuses.includes(180));
    call.withholdAck = true;
    incoming[0]!.leg.answer();
    await until(() => call.statuses.filter((status) => status === 200).length >= 2);
    expect(has(incoming[0], "answered")).toBe(false);
    call.withholdAck = false;
    await until(() => has(incoming[0], "answered"));
    expect(incoming).toHaveLength(1);
  });

  test("a lost refusal is repeated", async () => {
    let lost = 0;
    peer.lose = (message: Message) => message.status === 486 && lost++ === 0;
    onLeg = (leg) => leg.reject(486);
    const call = await peer.call({ to: "1000", port });
    await until(() => call.status === 486);
    expect(lost).toBe(2);
  });

  test("Retry-After with 503, Reason with a cause", async () => {
    onLeg = (leg) => leg.reject(503, { retryAfterS: 7 });
    const first = await peer.call({ to: "1000", port });
    await until(() => first.status === 503);
    expect(first.responses[0]!.headers.get("retry-after")).toEqual(["7"]);
    onLeg = (leg) => leg.hangup({ sipStatus: 404, q850: 1 });
    const second = await peer.call({ to: "1000", port });
    await until(() => second.status === 404);
    expect(second.responses[0]!.headers.get("reason")).toEqual(["Q.850;cause=1"]);
  });

  test("a merged request gets 482", async () => {
    onLeg = () => {};
    const text = request("INVITE");
    peer.send(text, port);
    await until(() => incoming.length === 1);
    const merged = await peer.ask(text.replace(/^Via:.*$/m, peer.via()), port);
    expect(merged?.status).toBe(482);
  });

  test("over the limit: 503 with Retry-After, no leg", async () => {
    onLeg = () => {};
    for (let i = 0; i < 5; i++) await peer.call({ to: "1000", port });
    await until(() => incoming.length === 5);
    const refused = await peer.call({ to: "1000", port });
    await until(() => refused.status === 503);
    expect(refused.responses[0]!.headers.has("retry-after")).toBe(true);
    expect(incoming).toHaveLength(5);
  });

  test("late offer: ours in the 200, the answer in the ACK", async () => {
    const call = await peer.call({ to: "1000", port, lateOffer: true });
    await until(() => has(incoming[0], "answered"));
    incoming[0]!.leg.play("p", [clip]);
    await until(() => call.rtp.loudMs() >= 180);
  });

  test("A-law, and the far end's own number for events", async () => {
    const call = await peer.call({ to: "1000", port, law: "alaw" });
    await until(() => has(incoming[0], "answered"));
    expect(call.responses[0]!.body).toContain("RTP/AVP 8 101");
    incoming[0]!.leg.play("p", [clip]);
    await until(() => call.rtp.loudMs() >= 180);
    expect(call.rtp.heard.every((packet) => packet.payloadType === 8)).toBe(true);
  });

  test("one stream: SSRC, sequence and time go on from silence to prompt to silence", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered") && call.rtp.heard.length > 3);
    incoming[0]!.leg.play("p", [clip]);
    await until(() => has(incoming[0], "played"));
    incoming[0]!.leg.sendDigits("d", "5");
    await until(() => has(incoming[0], "sent-digits"));
    await pass(100);
    const audio = call.rtp.heard.filter((packet) => packet.payloadType === 0);
    expect(new Set(call.rtp.heard.map((packet) => packet.ssrc)).size).toBe(1);
    const sequences = call.rtp.heard.map((packet, i) => (i === 0 ? 1 : (packet.sequence - call.rtp.heard[i - 1]!.sequence) & 0xffff));
    expect(sequences.every((step) => step === 1)).toBe(true);
    expect(audio.every((packet, i) => i === 0 || (packet.timestamp - audio[i - 1]!.timestamp) % 160 === 0)).toBe(true);
    expect(audio.every((packet) => packet.payload.length === 160)).toBe(true);
  });

  test.each(["rfc4733", "inband", "info", "info-plain"] as const)("digits by %s", async (by) => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    for (const digit of ["1", "#"]) {
      call.press(digit, by);
      await until(() => only(incoming[0]!, "digit").some((event) => event.digit === digit));
    }
    expect(only(incoming[0]!, "digit").map((event) => [event.digit, event.source])).toEqual(["1", "#"].map((digit) => [digit, by.startsWith("info") ? "info" : by]));
  });

  test("a key whose first packets were lost, and one sent by two ways", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    await call.rtp.event("7", 100, 3);
    await until(() => has(incoming[0], "digit"));
    call.press("8", "info");
    await call.rtp.event("8");
    await until(() => only(incoming[0]!, "digit").length === 2);
    await pass(150);
    expect(only(incoming[0]!, "digit").map((event) => event.digit)).toEqual(["7", "8"]);
  });

  test("hold and resume by re-INVITE: events, direction, and silence on the wire meanwhile", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered") && call.rtp.heard.length > 0);
    call.reinvite("sendonly");
    await until(() => only(incoming[0]!, "held").length === 1);
    await until(() => call.responses.length === 2);
    expect(call.responses[1]!.body).toContain("a=recvonly");
    await pass(60);
    const during = call.rtp.heard.length;
    await pass(120);
    expect(call.rtp.heard.length).toBe(during);
    call.reinvite("sendrecv");
    await until(() => only(incoming[0]!, "held").length === 2 && call.rtp.heard.length > during);
    expect(only(incoming[0]!, "held").map((event) => event.held)).toEqual([true, false]);
  });

  test("re-INVITE without an offer, UPDATE, OPTIONS in the call, refused REFER, a stale CSeq", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    call.reinvite("sendrecv", true);
    await until(() => call.responses.length === 2);
    expect(call.responses[1]!.body).toContain("m=audio");
    for (const [method, status] of [["UPDATE", 200], ["OPTIONS", 200], ["REFER", 603], ["PRACK", 405], ["INFO", 200]] as const) {
      const before = call.responses.length;
      call.request(method);
      await until(() => call.responses.length > before);
      expect([method, call.responses.at(-1)!.status]).toEqual([method, status]);
    }
    const invite = call.responses[0]!;
    const to = invite.headers.get("to")![0]!;
    const stale = request("INFO", { drop: /^(From|To|Call-ID|CSeq)/, lines: [`From: ${invite.headers.get("from")![0]}`, `To: ${to}`, `Call-ID: ${call.callId}`, "CSeq: 1 INFO"] });
    peer.send(stale, port);
    await until(() => call.responses.at(-1)!.status === 500);
  });

  test("session timer: accepted with the far end as refresher, too small refused", async () => {
    const call = await peer.call({ to: "1000", port, headers: ["Supported: timer", "Session-Expires: 1800"] });
    await until(() => has(incoming[0], "answered"));
    expect(call.responses[0]!.headers.get("session-expires")).toEqual(["1800;refresher=uac"]);
    call.update(["Supported: timer", "Session-Expires: 30"]);
    await until(() => call.responses.length === 2);
    expect([call.responses[1]!.status, call.responses[1]!.headers.get("min-se")]).toEqual([422, ["90"]]);
  });

  test("Reason both ways: Q.850 of their BYE and of ours", async () => {
    const first = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    first.hangup(['Reason: SIP;cause=200, Q.850;cause=31;text="Normal, unspecified"']);
    await until(() => has(incoming[0], "hungup"));
    expect(only(incoming[0]!, "hungup")[0]!.cause).toEqual({ by: "remote", q850: 31, reason: "Normal, unspecified" });
    const second = await peer.call({ to: "1000", port });
    await until(() => has(incoming[1], "answered"));
    incoming[1]!.leg.hangup({ q850: 17 });
    await until(() => second.over);
    expect(second.byeReason).toBe("Q.850;cause=17");
  });

  test("a lost BYE is repeated", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    let byes = 0;
    peer.lose = (message) => message.method === "BYE" && byes++ === 0;
    incoming[0]!.leg.hangup();
    await until(() => call.over);
    expect(byes).toBe(2);
  });

  test("a prompt that is not there fails, the call lives on", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    incoming[0]!.leg.play("p", [{ path: join(folder, "missing"), ms: 1 }]);
    await until(() => has(incoming[0], "played"));
    expect(only(incoming[0]!, "played")[0]).toMatchObject({ id: "p", reason: "failed", ms: 0 });
    incoming[0]!.leg.play("q", [clip]);
    await until(() => call.rtp.loudMs() >= 180);
  });

  test("play asked before the answer starts with it", async () => {
    onLeg = (leg) => {
      leg.answer();
      leg.play("p", [clip]);
    };
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "played"));
    await until(() => call.rtp.loudMs() >= 180);
  });

  test("voicemail: beep, then what was said is in the file", async () => {
    const file = join(folder, "mail.wav");
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    incoming[0]!.leg.record({ id: "r", file, maxMs: 5_000, silenceMs: 0, terminator: "#", beep: true });
    await until(() => call.rtp.loudMs() >= 280);
    await call.rtp.tone(400, [600]);
    await call.rtp.event("#");
    await until(() => has(incoming[0], "recorded"));
    const recorded = only(incoming[0]!, "recorded")[0]!;
    expect(recorded).toMatchObject({ reason: "terminator", digit: "#" });
    const bytes = readFileSync(file);
    expect(bytes.length).toBe(44 + recorded.ms * 16);
    expect(recorded.speechMs).toBeGreaterThanOrEqual(300);
  });

  test("a bridge between both laws passes audio and keys", async () => {
    const a = await peer.call({ to: "1000", port, law: "ulaw" });
    const b = await peer.call({ to: "1000", port, law: "alaw" });
    await until(() => incoming.length === 2 && incoming.every((call) => has(call, "answered")));
    incoming[0]!.leg.bridge(incoming[1]!.leg);
    await a.rtp.tone(300);
    await until(() => b.rtp.loudMs() >= 240);
    await a.rtp.event("4");
    await until(() => b.rtp.digits() === "4");
    expect(incoming.some((call) => only(call, "digit").some((event) => event.digit === "4"))).toBe(true);
    expect(new Set(b.rtp.heard.map((packet) => packet.ssrc)).size).toBe(1);
  });
});

describe("outgoing calls", () => {
  function dial(to: string, options: { trunk?: string; callerId?: string; ringTimeoutMs?: number } = {}): Watched {
    return watch(telephony.dial({ to, trunk: "trunk", ringTimeoutMs: 5_000, ...options }));
  }
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const sha = (text: string) => createHash("sha256").update(text).digest("hex");

  test("what the INVITE says", async () => {
    peer.program("79990000001", { kind: "answer", afterMs: 10, earlyMedia: true });
    const call = dial("79990000001");
    await until(() => has(call, "answered"));
    expect(only(call, "ringing")).toMatchObject([{ sipStatus: 183, earlyMedia: true }]);
    const invite = peer.received.findLast((message) => message.method === "INVITE")!;
    expect(invite.line).toBe(`INVITE sip:79990000001@127.0.0.1:${peer.port} SIP/2.0`);
    expect(invite.headers.get("from")![0]).toMatch(/^<sip:74951112233@127\.0\.0\.1>;tag=/);
    expect(invite.headers.get("call-id")).toEqual([call.leg.sipCallId]);
    call.leg.hangup();
    await until(() => has(call, "hungup"));
  });

  test("withheld caller ID, a full URI of the trunk", async () => {
    peer.program("200", { kind: "answer", afterMs: 10 });
    const call = dial(`sip:200@127.0.0.1:${peer.port}`, { callerId: "" });
    await until(() => has(call, "answered"));
    expect(peer.received.findLast((message) => message.method === "INVITE")!.headers.get("from")![0]).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=/);
    call.leg.hangup();
    await until(() => has(call, "hungup"));
  });

  test.each([["sip:200@evil.example.com"], ["12 34"], [""], ["1\r\nX: y"], ["sip:200@127.0.0.1:1"]])("not dialled: %j", async (to) => {
    const before = peer.received.length;
    const call = dial(to);
    await until(() => has(call, "hungup"));
    expect(only(call, "hungup")[0]!.cause).toMatchObject({ by: "local", sipStatus: 404 });
    expect(peer.received.length).toBe(before);
  });

  test("no more than the trunk's lines", async () => {
    peer.program("300", { kind: "ring" });
    const calls = [dial("300"), dial("300"), dial("300")];
    await until(() => has(calls[2], "hungup"));
    expect(only(calls[2]!, "hungup")[0]!.cause).toMatchObject({ sipStatus: 503, q850: 34 });
    for (const call of calls) call.leg.hangup();
  });

  test("a redirect is a failure, a Reason is read", async () => {
    peer.program("301", { kind: "refuse", status: 302, headers: ["Contact: <sip:else@where>"] });
    peer.program("302", { kind: "refuse", status: 486, headers: ['Reason: Q.850;cause=17;text="User busy"'] });
    const calls = [dial("301"), dial("302")];
    await until(() => calls.every((call) => has(call, "hungup")));
    expect(calls.map((call) => only(call, "hungup")[0]!.cause)).toMatchObject([{ by: "remote", sipStatus: 302 }, { sipStatus: 486, q850: 17, reason: "User busy" }]);
  });

  test("no answer: CANCEL with its cause, and the 487 is acknowledged", async () => {
    peer.program("303", { kind: "ring" });
    const call = dial("303", { ringTimeoutMs: 200 });
    await until(() => has(call, "hungup"));
    const far = peer.calls.at(-1)!;
    await until(() => far.over && far.requests.some((message) => message.method === "ACK"));
    expect(far.byeReason).toBe("Q.850;cause=19");
  });

  test("an INVITE that is lost is sent again", async () => {
    let lost = 0;
    peer.lose = (message) => message.method === "INVITE" && lost++ === 0;
    peer.program("304", { kind: "answer", afterMs: 10 });
    const call = dial("304");
    await until(() => has(call, "answered"));
    call.leg.hangup();
    await until(() => has(call, "hungup"));
  });

  test.each([
    ["MD5 with qop", 'WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth", algorithm=MD5', md5],
    ["SHA-256 by a proxy", 'Proxy-Authenticate: Digest realm="r", nonce="n2", qop="auth", algorithm=SHA-256', sha],
  ])("digest: %s", async (_title, header, hash) => {
    const check = (authorization: string, uri: string) => {
      const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(authorization)?.[1] ?? "";
      const a1 = hash("user:r:secret");
      return field("response") === hash(`${a1}:${field("nonce")}:${field("nc")}:${field("cnonce")}:auth:${hash(`INVITE:${uri}`)}`);
    };
    peer.program("305", { kind: "challenge", header, check });
    const call = dial("305", { trunk: "login" });
    await until(() => has(call, "answered"));
    call.leg.hangup();
    await until(() => has(call, "hungup"));
  });

  test("wrong credentials are tried once", async () => {
    peer.program("306", { kind: "challenge", header: 'WWW-Authenticate: Digest realm="r", nonce="n"', check: () => false });
    const call = dial("306", { trunk: "login" });
    await until(() => has(call, "hungup"));
    expect(only(call, "hungup")[0]!.cause).toMatchObject({ by: "remote", sipStatus: 401 });
    expect(peer.calls.at(-1)!.requests.filter((message) => message.method === "INVITE")).toHaveLength(2);
  });

  test("a refused REFER", async () => {
    peer.program("307", { kind: "answer", afterMs: 10 });
    const call = dial("307");
    await until(() => has(call, "answered"));
    peer.calls.at(-1)!.refer = { status: 405 };
    call.leg.refer("t", "500");
    await until(() => has(call, "transferred"));
    expect(only(call, "transferred")[0]).toMatchObject({ ok: false, sipStatus: 405 });
    expect(peer.received.findLast((message) => message.method === "REFER")!.headers.get("refer-to")![0]).toMatch(/^<sip:500@127\.0\.0\.1/);
    call.leg.hangup();
    await until(() => has(call, "hungup"));
  });
});

describe("other set-ups", () => {
  test("a port in use is told with its code", async () => {
    const second = sipTelephony({ bind: "127.0.0.1", sipPort: port, rtpPorts: [0, 0], trunks: [], maxLegs: 1, allow: "any" });
    await expect(second.start({ onIncoming: () => {} })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await second.stop();
  });

  test("strangers get no answer", async () => {
    const closed = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], trunks: [], maxLegs: 1, allow: ["192.0.2.1"] });
    const started = await closed.start({ onIncoming: () => {} });
    expect(await peer.ask(request("OPTIONS"), started.port, 200)).toBeUndefined();
    await closed.stop();
  });

  test("REGISTER with credentials, shown as a status, taken back at the end", async () => {
    const seen: string[] = [];
    peer.onRequest = (message) => {
      if (message.method !== "REGISTER") return undefined;
      seen.push(message.headers.get("expires")?.[0] ?? "");
      const to = message.headers.get("to")![0];
      const copied = ["via", "from", "call-id", "cseq"].map((name) => `${name}: ${message.headers.get(name)![0]}`);
      const challenge = !message.headers.has("authorization");
      const own = challenge ? 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"' : `Contact: ${message.headers.get("contact")![0]};expires=60`;
      return [`SIP/2.0 ${challenge ? "401 No" : "200 OK"}`, ...copied, `To: ${to};tag=x`, own, "Content-Length: 0", "", ""].join("\r\n");
    };
    const registered = sipTelephony({
      bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], maxLegs: 1, allow: "any",
      trunks: [{ name: "t", host: "127.0.0.1", port: peer.port, transport: "udp", username: "u", password: "p", register: true, maxLines: 1 }],
    });
    await registered.start({ onIncoming: () => {} });
    await until(() => registered.trunks()[0]!.state === "registered");
    expect(seen).toEqual(["300", "300"]);
    await registered.stop();
    expect(seen.at(-1)).toBe("0");
    peer.onRequest = () => undefined;
  });

  test.each(["signalling", "mediaWorker"])("a dead %s worker ends its calls; the next call is served", async (name) => {
    const own = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], trunks: [], maxLegs: 3, allow: "any", log: () => {} });
    const legs: Watched[] = [];
    const started = await own.start({ onIncoming: (leg) => {
      legs.push(watch(leg));
      leg.answer();
    } });
    await peer.call({ to: "1", port: started.port });
    await until(() => has(legs[0], "answered"));
    const { workers } = own as unknown as { workers: Record<string, { terminate(): Promise<number> }> };
    await workers[name]!.terminate();
    await until(() => has(legs[0], "hungup"));
    expect(only(legs[0]!, "hungup")[0]!.cause).toMatchObject({ by: "network" });
    for (let i = 0; legs.length < 2 && i < 20; i++) {
      await peer.call({ to: "1", port: started.port });
      await pass(200);
    }
    await until(() => has(legs[1], "answered"));
    await own.stop();
  });

  test("a challenged BYE is sent with credentials", async () => {
    const own = sipTelephony({
      bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], maxLegs: 3, allow: "any",
      trunks: [{ name: "login", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 9, username: "user", password: "secret" }],
    });
    await own.start({ onIncoming: () => {} });
    peer.program("308", { kind: "answer", afterMs: 10 });
    const call = watch(own.dial({ to: "308", trunk: "login", ringTimeoutMs: 5_000 }));
    await until(() => has(call, "answered"));
    peer.calls.at(-1)!.challengeBye = 'Proxy-Authenticate: Digest realm="r", nonce="z"';
    call.leg.hangup();
    await until(() => peer.calls.at(-1)!.over);
    expect(peer.received.findLast((message) => message.method === "BYE")!.headers.get("proxy-authorization")![0]).toContain('nonce="z"');
    await own.stop();
  });

  test("stop ends the calls with BYE", async () => {
    const own = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], trunks: [], maxLegs: 3, allow: "any" });
    const legs: Watched[] = [];
    const started = await own.start({ onIncoming: (leg) => {
      legs.push(watch(leg));
      leg.answer();
    } });
    const call = await peer.call({ to: "1", port: started.port });
    await until(() => has(legs[0], "answered"));
    await own.stop();
    await until(() => call.over);
    expect(legs[0]!.events.at(-1)).toMatchObject({ type: "hungup", cause: { by: "local" } });
  });
});
