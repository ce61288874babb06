import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Message } from "./peer.ts";
import { pass, until } from "./until.ts";
import { clip, folder, has, incoming, only, peer, port, request, whenCalled } from "./wire.ts";

describe("incoming calls", () => {
  test("100 at once, one leg for a repeated INVITE, 2xx repeated until the ACK", async () => {
    whenCalled(() => {});
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
    whenCalled((leg) => leg.reject(486));
    const call = await peer.call({ to: "1000", port });
    await until(() => call.status === 486);
    expect(lost).toBe(2);
  });

  test("Retry-After with 503, Reason with a cause", async () => {
    whenCalled((leg) => leg.reject(503, { retryAfterS: 7 }));
    const first = await peer.call({ to: "1000", port });
    await until(() => first.status === 503);
    expect(first.responses[0]!.headers.get("retry-after")).toEqual(["7"]);
    whenCalled((leg) => leg.hangup({ sipStatus: 404, q850: 1 }));
    const second = await peer.call({ to: "1000", port });
    await until(() => second.status === 404);
    expect(second.responses[0]!.headers.get("reason")).toEqual(["Q.850;cause=1"]);
  });

  test("a merged request gets 482", async () => {
    whenCalled(() => {});
    const text = request("INVITE");
    peer.send(text, port);
    await until(() => incoming.length === 1);
    const merged = await peer.ask(text.replace(/^Via:.*$/m, peer.via()), port);
    expect(merged?.status).toBe(482);
  });

  test("over the limit: 503 with Retry-After, no leg", async () => {
    whenCalled(() => {});
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
    const call = await peer.call({ to: "1000", port, withoutEvents: by === "inband" });
    await until(() => has(incoming[0], "answered"));
    for (const digit of ["1", "#"]) {
      call.press(digit, by);
      await until(() => only(incoming[0]!, "digit").some((event) => event.digit === digit));
    }
    expect(only(incoming[0]!, "digit").map((event) => [event.digit, event.source])).toEqual(
      ["1", "#"].map((digit) => [digit, by.startsWith("info") ? "info" : by]),
    );
  });

  test("a far end that has agreed to send events and sends tones is heard until it sends an event", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    for (const digit of ["1", "1", "5"]) await call.rtp.inband(digit);
    await until(() => only(incoming[0]!, "digit").length === 3);
    await call.rtp.event("2");
    await until(() => only(incoming[0]!, "digit").length === 4);
    await call.rtp.inband("3");
    await pass(100);
    expect(only(incoming[0]!, "digit").map(({ digit, source }) => [digit, source])).toEqual([
      ["1", "inband"],
      ["1", "inband"],
      ["5", "inband"],
      ["2", "rfc4733"],
    ]);
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
    for (const [method, status] of [
      ["UPDATE", 200],
      ["OPTIONS", 200],
      ["REFER", 603],
      ["PRACK", 481],
      ["PUBLISH", 405],
      ["INFO", 200],
    ] as const) {
      const before = call.responses.length;
      call.request(method);
      await until(() => call.responses.length > before);
      expect([method, call.responses.at(-1)!.status]).toEqual([method, status]);
    }
    const invite = call.responses[0]!;
    const to = invite.headers.get("to")![0]!;
    const stale = request("INFO", {
      drop: /^(From|To|Call-ID|CSeq)/,
      lines: [`From: ${invite.headers.get("from")![0]}`, `To: ${to}`, `Call-ID: ${call.callId}`, "CSeq: 1 INFO"],
    });
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
    whenCalled((leg) => {
      leg.answer();
      leg.play("p", [clip]);
    });
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
    await call.rtp.tone(800, [600]);
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
