import { describe, expect, test } from "vitest";
import { until } from "./until.ts";
import { incoming, peer, port, request } from "./wire.ts";

describe("requests outside calls", () => {
  const replaced = /^Max-Forwards/;
  test.each<[string, () => string, number, RegExp]>([
    ["OPTIONS", () => request("OPTIONS"), 200, /^Allow: .*INVITE[\s\S]*^Accept: application\/sdp/m],
    ["an unknown method", () => request("PUBLISH"), 405, /^Allow: /m],
    ["REGISTER (we are no registrar)", () => request("REGISTER"), 405, /^Allow: /m],
    ["an unknown scheme", () => request("OPTIONS", { uri: "http://example.com" }), 416, /./],
    ["a sip URI that cannot be read", () => request("OPTIONS", { uri: "sip:a@b:port" }), 400, /./],
    ["an extension we lack", () => request("OPTIONS", { lines: ["Require: nothingSupportsThis, timer"] }), 420, /^Unsupported: nothingSupportsThis\r$/m],
    ["100rel beside what we lack", () => request("INVITE", { lines: ["Require: 100rel, precondition"] }), 420, /^Unsupported: precondition\r$/m],
    ["a Via of another version", () => request("OPTIONS", { version: "SIP/7.0" }).replace("Via: SIP/2.0", "Via: SIP/7.0"), 505, /./],
    ["a version that is none", () => request("OPTIONS", { version: "SIP/x" }), 400, /./],
    ["a body of another SDP version", () => request("INVITE", { body: "v=1\r\nm=audio 4000 RTP/AVP 0\r\n" }), 488, /./],
    ["a sender that reads no SDP", () => request("INVITE", { lines: ["Accept: text/nobodyKnowsThis"] }), 406, /./],
    ["no hops left", () => request("INVITE", { drop: replaced, lines: ["Max-Forwards: 0"] }), 483, /./],
    ["OPTIONS with no hops left is for us", () => request("OPTIONS", { drop: replaced, lines: ["Max-Forwards: 0"] }), 200, /./],
    ["another version", () => request("OPTIONS", { version: "SIP/3.0" }), 505, /./],
    ["a message that cannot be read", () => request("OPTIONS", { lines: ["CSeq: 2 OPTIONS"] }), 400, /more than one cseq/],
    ["BYE of no call", () => request("BYE", { drop: /^To/, lines: ["To: <sip:x@y>;tag=unknown"] }), 481, /./],
    ["CANCEL of nothing", () => request("CANCEL"), 481, /./],
    ["REFER outside a call", () => request("REFER", { lines: ["Refer-To: <sip:x@y>"] }), 603, /./],
    ["INVITE without Contact", () => request("INVITE", { drop: /^Contact/ }), 400, /./],
    [
      "a body that is no SDP",
      () => request("INVITE", { drop: /^Content-Type/, lines: ["Content-Type: text/plain"], body: "hello" }),
      415,
      /^Accept: application\/sdp/m,
    ],
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
    peer.send(request("INVITE", { uri: "tel:+7-495-000", lines: ['P-Asserted-Identity: "X" <tel:+79001112233>'] }), port);
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
