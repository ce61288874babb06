import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { until } from "./until.ts";
import { has, only, peer, telephony, watch, type Watched } from "./wire.ts";

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
    expect(peer.received.findLast((message) => message.method === "INVITE")!.headers.get("from")![0]).toMatch(
      /^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=/,
    );
    call.leg.hangup();
    await until(() => has(call, "hungup"));
  });

  test.each([["sip:200@evil.example.com"], ["12 34"], [""], ["1\r\nX: y"], ["sip:200@127.0.0.1:1"]])("not dialled: %j", async (to) => {
    const before = peer.received.length;
    const call = dial(to);
    await until(() => has(call, "hungup"));
    expect(only(call, "hungup")[0]!.cause).toEqual({ by: "local", failure: "badNumber", reason: "bad number" });
    expect(peer.received.length).toBe(before);
  });

  test("no more than the trunk's lines", async () => {
    peer.program("300", { kind: "ring" });
    const calls = [dial("300"), dial("300"), dial("300")];
    await until(() => has(calls[2], "hungup"));
    expect(only(calls[2]!, "hungup")[0]!.cause).toEqual({ by: "local", failure: "noLines", reason: "all lines of the trunk are in use" });
    for (const call of calls) call.leg.hangup();
  });

  test("a redirect is a failure, a Reason is read", async () => {
    peer.program("301", { kind: "refuse", status: 302, headers: ["Contact: <sip:else@where>"] });
    peer.program("302", { kind: "refuse", status: 486, headers: ['Reason: Q.850;cause=17;text="User busy"'] });
    const calls = [dial("301"), dial("302")];
    await until(() => calls.every((call) => has(call, "hungup")));
    expect(calls.map((call) => only(call, "hungup")[0]!.cause)).toMatchObject([
      { by: "remote", sipStatus: 302 },
      { sipStatus: 486, q850: 17, reason: "User busy" },
    ]);
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

  test("a second REFER while one is under way is refused, and the first still gets its outcome", async () => {
    peer.program("308", { kind: "answer", afterMs: 10 });
    const call = dial("308");
    await until(() => has(call, "answered"));
    const far = peer.calls.at(-1)!;
    far.refer = { status: 202 };
    call.leg.refer("first", "500");
    call.leg.refer("second", "501");
    await until(() => has(call, "transferred"));
    far.request("NOTIFY", ["Event: refer", "Subscription-State: terminated;reason=noresource", "Content-Type: message/sipfrag"], "SIP/2.0 200 OK");
    await until(() => only(call, "transferred").length === 2);
    expect(only(call, "transferred")).toMatchObject([
      { id: "second", ok: false, sipStatus: 491 },
      { id: "first", ok: true, sipStatus: 200 },
    ]);
    call.leg.hangup();
    await until(() => has(call, "hungup"));
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
