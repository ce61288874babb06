/** Bodies and codecs as carriers send them: SDP beside ISUP or PIDF, laws under dynamic numbers. */
import { describe, expect, test } from "vitest";
import { callerOf } from "../../runtime/telephony/sip/call/caller-id.ts";
import { parseMessage } from "../../runtime/telephony/sip/message/parse-message.ts";
import { sessionBody } from "../../runtime/telephony/sip/message/session-body.ts";
import { answerOffer, makeOffer, readAnswer } from "../../runtime/telephony/sip/sdp/offer-answer.ts";
import { parseSdp } from "../../runtime/telephony/sip/sdp/parse-sdp.ts";
import { AgentHarness, peerRequest, peerResponse, peerSdp } from "./agent-harness.ts";
import { until } from "./until.ts";
import { clip, has, incoming, only, peer, port } from "./wire.ts";

const isup = "\x01\x11\x48\x00\x0a\x03\x02\x0a\x08\x83\r\n--notOurs\r\n\x00";
const pidf = '<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:a@b"/>';
type Parts = readonly (readonly [string, string])[];

function multipart(parts: Parts, boundary = "b1", lineEnd = "\r\n"): string {
  const each = parts.map(([headers, body]) => `--${boundary}${lineEnd}${headers.replaceAll("\n", lineEnd)}${lineEnd}${lineEnd}${body}${lineEnd}`);
  return `preamble${lineEnd}${each.join("")}--${boundary}--${lineEnd}epilogue`;
}
const withIsup = multipart([
  ["Content-Type: application/ISUP;version=itu-t92+\nContent-Disposition: signal;handling=optional", isup],
  ["Content-Type: application/sdp", peerSdp],
]);
const withPidf = multipart([
  ["Content-Type: application/sdp\nContent-Disposition: session", peerSdp],
  ["c: application/pidf+xml\nContent-ID: <x@y>", pidf],
]);

function bodyOf(type: string | undefined, body: string, more: string[] = []) {
  const lines = ["INVITE sip:1@b SIP/2.0", "Via: SIP/2.0/UDP a;branch=z9hG4bK1", "From: <sip:a@b>;tag=1", "To: <sip:c@d>", "Call-ID: 1", "CSeq: 1 INVITE"];
  const text = [...lines, ...(type === undefined ? [] : [`Content-Type: ${type}`]), ...more, `Content-Length: ${body.length}`, "", body].join("\r\n");
  const parsed = parseMessage(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return sessionBody(parsed.message);
}

describe("the SDP of a message", () => {
  test.each<[string, string | undefined, string]>([
    ["alone", "application/sdp", peerSdp],
    ["without a type", undefined, peerSdp],
    ["after ISUP", "multipart/mixed;boundary=b1", withIsup],
    ["before PIDF, the boundary quoted", 'Multipart/Mixed; boundary="b1"; charset=x', withPidf],
    ["in a nested multipart", "multipart/mixed;boundary=out", multipart([["Content-Type: multipart/alternative;boundary=b1", withPidf]], "out")],
    ["with bare line feeds", "multipart/mixed;boundary=b1", multipart([["Content-Type: application/sdp", peerSdp]], "b1", "\n")],
    ["in base64", "multipart/mixed;boundary=b1", multipart([["Content-Type: application/sdp\nContent-Transfer-Encoding: base64", btoa(peerSdp)]])],
    ["in a part whose header is folded", "multipart/related;boundary=b1", multipart([["Content-Type:\n application/sdp", peerSdp]])],
  ])("%s", (_title, type, body) => {
    const found = bodyOf(type, body);
    expect(found.kind).toBe("sdp");
    expect(found.kind === "sdp" && parseSdp(found.text)?.media).toMatchObject([{ kind: "audio", port: 4000, address: "192.0.2.9" }]);
  });

  test.each<[string, string | undefined, string, string[], "none" | "other"]>([
    ["no body", "application/sdp", "", [], "none"],
    ["a multipart without SDP has no offer", "multipart/mixed;boundary=b1", multipart([["Content-Type: application/isup", isup]]), [], "none"],
    ["another type", "application/isup", isup, [], "other"],
    ["compressed", "application/sdp", peerSdp, ["Content-Encoding: gzip"], "other"],
    ["a multipart without boundary", "multipart/mixed", withIsup, [], "other"],
    ["a boundary that does not come", "multipart/mixed;boundary=zz", withIsup, [], "other"],
  ])("%s", (_title, type, body, more, kind) => expect(bodyOf(type, body, more).kind).toBe(kind));
});

describe("a multipart body is a body", () => {
  const types = { isup: ["Content-Type: multipart/mixed;boundary=b1", withIsup], pidf: ["Content-Type: multipart/mixed;boundary=b1", withPidf] } as const;
  const typed = (text: string, type: string) => text.replace("Content-Type: application/sdp", type);

  test.each(Object.keys(types) as (keyof typeof types)[])("in INVITE and re-INVITE (%s)", (name) => {
    const [type, body] = types[name];
    const harness = new AgentHarness();
    harness.receive(typed(peerRequest("INVITE", { body }), type));
    const leg = harness.report("incoming")[0]!.leg;
    harness.agent.command({ do: "answer", leg });
    harness.clock.advance(0);
    const ok = harness.last("SIP/2.0 200");
    expect(parseSdp(ok.body)?.media).toMatchObject([{ kind: "audio", formats: ["0", "101"] }]);
    const toTag = ok.to.params.get("tag")!;
    harness.receive(peerRequest("ACK", { toTag }));
    const held = body.replace("a=rtpmap:101", "a=sendonly\r\na=rtpmap:101");
    harness.receive(typed(peerRequest("INVITE", { sequence: 2, toTag, body: held }), type));
    expect(parseSdp(harness.last("SIP/2.0 200").body)?.media[0]!.direction).toBe("recvonly");
    expect(harness.report("event").map(({ event }) => event)).toContainEqual(expect.objectContaining({ type: "held", held: true }));
  });

  test("in the ACK of a late offer, and in the answer to our INVITE", () => {
    const harness = new AgentHarness({ trunks: [{ name: "t", host: "192.0.2.9", port: 5060, transport: "udp", register: false, maxLines: 5 }] });
    harness.receive(peerRequest("INVITE", { body: "" }).replace("Content-Length", "Supported: x\r\nContent-Length"));
    harness.agent.command({ do: "answer", leg: harness.report("incoming")[0]!.leg });
    harness.clock.advance(0);
    const toTag = harness.last("SIP/2.0 200").to.params.get("tag")!;
    harness.receive(typed(peerRequest("ACK", { toTag, body: withIsup }), types.isup[0]));
    expect(harness.streams.at(-1)).toMatchObject({ address: "192.0.2.9", port: 4000, sending: true });
    harness.agent.command({ do: "dial", leg: "out", sipCallId: "c", request: { to: "1", trunk: "t", ringTimeoutMs: 9_000 } });
    harness.clock.advance(0);
    harness.receive(typed(peerResponse(harness.last("INVITE"), 183, [], withPidf), types.pidf[0]));
    expect(harness.report("event").at(-1)!.event).toMatchObject({ type: "ringing", earlyMedia: true });
    harness.receive(typed(peerResponse(harness.last("INVITE"), 200, ["Contact: <sip:1@192.0.2.9>"], withIsup), types.isup[0]));
    expect(harness.report("event").at(-1)!.event.type).toBe("answered");
  });

  test("a body that cannot be read is refused with 415 in the dialog, too", () => {
    const harness = new AgentHarness();
    harness.receive(peerRequest("INVITE"));
    harness.agent.command({ do: "answer", leg: harness.report("incoming")[0]!.leg });
    harness.clock.advance(0);
    const toTag = harness.last("SIP/2.0 200").to.params.get("tag")!;
    harness.receive(peerRequest("ACK", { toTag }));
    harness.receive(typed(peerRequest("INVITE", { sequence: 2, toTag, body: isup }), "Content-Type: application/isup"));
    expect(harness.last("SIP/2.0 415").headers.get("accept")).toEqual(["application/sdp, multipart/mixed"]);
  });
});

const local = { address: "192.0.2.1", port: 20_000, sessionId: 1, version: 1 };
const head = "v=0\r\no=x 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n";

describe("laws under dynamic numbers", () => {
  test.each([
    ["m=audio 4000 RTP/AVP 96 0\r\na=rtpmap:96 PCMA/8000\r\n", { law: "alaw", payload: 96 }, "RTP/AVP 96\r\n", "a=rtpmap:96 PCMA/8000"],
    [
      "m=audio 4000 RTP/AVP 110 101\r\na=rtpmap:110 pcmu/8000/1\r\na=rtpmap:101 telephone-event/8000\r\n",
      { law: "ulaw", payload: 110, eventPayload: 101 },
      "RTP/AVP 110 101\r\n",
      "a=rtpmap:110 PCMU/8000",
    ],
    ["m=audio 4000 RTP/AVP 8 97\r\na=rtpmap:97 PCMU/8000\r\n", { law: "alaw", payload: 8 }, "RTP/AVP 8\r\n", "a=rtpmap:8 PCMA/8000"],
    [
      "m=audio 4000 RTP/AVP 9 120 126\r\na=rtpmap:120 PCMA/8000\r\na=rtpmap:126 TELEPHONE-EVENT/8000\r\n",
      { law: "alaw", payload: 120, eventPayload: 126 },
      "RTP/AVP 120 126\r\n",
      "a=rtpmap:126 telephone-event/8000",
    ],
  ])("%s", (media, agreed, formats, map) => {
    const result = answerOffer(parseSdp(head + media)!, local);
    expect(result).toMatchObject({ ok: true, agreed });
    expect(result.ok && result.answer.includes(formats) && result.answer.includes(map)).toBe(true);
    expect(readAnswer(parseSdp(head + media)!)).toMatchObject(agreed);
  });

  test.each(["m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 PCMA/16000\r\n", "m=audio 4000 RTP/AVP 96\r\n", "m=audio 4000 RTP/AVP 200\r\na=rtpmap:200 PCMA/8000\r\n"])(
    "not ours: %s",
    (media) => {
      expect(answerOffer(parseSdp(head + media)!, local).ok).toBe(false);
    },
  );

  test("a renewed offer keeps the number", () => {
    const agreed = readAnswer(parseSdp(`${head}m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 PCMA/8000\r\n`)!)!;
    expect(makeOffer(local, agreed)).toContain("RTP/AVP 96 0 101\r\na=rtpmap:96 PCMA/8000\r\na=rtpmap:0 PCMU/8000");
  });

  test("on the wire: heard and spoken under the caller's numbers", async () => {
    const sdp = (rtpPort: number) =>
      `${head.replaceAll("192.0.2.9", "127.0.0.1")}m=audio ${rtpPort} RTP/AVP 96 97\r\na=rtpmap:96 PCMU/8000\r\na=rtpmap:97 telephone-event/8000\r\n`;
    const { PeerRtp } = await import("./peer-rtp.ts");
    const rtp = await PeerRtp.open();
    rtp.eventPayload = 97;
    const call = await peer.call({ to: "1000", port, sdp: sdp(rtp.port) });
    await until(() => has(incoming[0], "answered"));
    incoming[0]!.leg.play("p", [clip]);
    await until(() => has(incoming[0], "played") && rtp.heard.some(({ payloadType }) => payloadType === 96));
    expect(new Set(rtp.heard.map(({ payloadType }) => payloadType))).toEqual(new Set([96]));
    await rtp.event("7");
    await until(() => has(incoming[0], "digit"));
    expect(only(incoming[0]!, "digit")).toMatchObject([{ digit: "7", source: "rfc4733" }]);
    call.hangup();
    await until(() => has(incoming[0], "hungup"));
    rtp.close();
  });
});

describe("who calls", () => {
  const anonymous = 'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=far';
  const shown = "From: <sip:7999@192.0.2.9>;tag=far";
  const pai = "P-Asserted-Identity: <sip:+79990000666@192.0.2.9;user=phone>, <tel:+79990000666>";
  const rpid = (privacy: string) => `Remote-Party-ID: "X" <sip:+79990000666@192.0.2.9>;party=calling;privacy=${privacy};screen=yes`;
  test.each<[string, string, string[], string, string]>([
    ["only From", shown, [], "7999", "7999"],
    ["anonymous and nothing else", anonymous, [], "", ""],
    ["the network's identity before From", shown, [pai], "+79990000666", "+79990000666"],
    ["withheld: known, not shown", anonymous, [pai, "Privacy: id"], "", "+79990000666"],
    ["withheld as user and header", anonymous, [pai, "Privacy: user; critical"], "", "+79990000666"],
    ["withheld header", anonymous, [pai, "Privacy: header;id"], "", "+79990000666"],
    ["Privacy none", anonymous, [pai, "Privacy: none"], "+79990000666", "+79990000666"],
    ["Remote-Party-ID", anonymous, [rpid("off")], "+79990000666", "+79990000666"],
    ["Remote-Party-ID withheld", anonymous, [rpid("full")], "", "+79990000666"],
    ["Remote-Party-ID of the called party", shown, ["Remote-Party-ID: <sip:1000@192.0.2.1>;party=called"], "7999", "7999"],
    ["both: the asserted one", anonymous, [rpid("full"), pai.replaceAll("0666", "0777")], "+79990000777", "+79990000777"],
  ])("%s", (_title, from, lines, caller, asserted) => {
    const parsed = parseMessage(peerRequest("INVITE", { lines }).replace(/^From:.*$/m, from));
    expect(parsed.ok && parsed.message.kind === "request" && callerOf(parsed.message)).toEqual({ caller, asserted });
  });
});
