import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerOffer, makeOffer, readAnswer } from "../../runtime/telephony/sip/sdp/offer-answer.ts";
import { parseSdp } from "../../runtime/telephony/sip/sdp/parse-sdp.ts";

const local = { address: "192.0.2.1", port: 20_000, sessionId: 1, version: 1 };
const head = "v=0\r\no=x 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n";

function answer(media: string): ReturnType<typeof answerOffer> {
  return answerOffer(parseSdp(head + media)!, local);
}

test.each([
  ["static payloads without rtpmap", "m=audio 4000 RTP/AVP 0 8\r\n", { law: "ulaw", port: 4000, direction: "sendrecv" }],
  ["the offerer's first choice wins", "m=audio 4000 RTP/AVP 9 8 0\r\na=rtpmap:9 G722/8000\r\n", { law: "alaw" }],
  ["its number of telephone-event", "m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/8000\r\n", { eventPayload: 96 }],
  ["telephone-event of another clock is not ours", "m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/48000\r\n", { eventPayload: undefined }],
  ["hold by sendonly", "m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n", { direction: "recvonly", heldByFar: true }],
  ["hold by inactive", "m=audio 4000 RTP/AVP 0\r\na=inactive\r\n", { direction: "inactive", heldByFar: true }],
  ["hold by 0.0.0.0", "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n", { direction: "recvonly", heldByFar: true }],
  ["recvonly far end still hears us", "m=audio 4000 RTP/AVP 0\r\na=recvonly\r\n", { direction: "sendonly", heldByFar: false }],
  ["the media's own address", "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 192.0.2.77\r\n", { address: "192.0.2.77" }],
  ["AVPF is taken as AVP", "m=audio 4000 RTP/AVPF 0\r\n", { law: "ulaw" }],
])("accepts: %s", (_title, media, expected) => {
  const result = answer(media);
  expect(result).toMatchObject({ ok: true, agreed: expected });
});

test.each([
  ["no common codec", "m=audio 4000 RTP/AVP 9 18\r\n"],
  ["audio refused by port 0", "m=audio 0 RTP/AVP 0\r\n"],
  ["encrypted media only", "m=audio 4000 RTP/SAVP 0\r\n"],
  ["video only", "m=video 4000 RTP/AVP 0\r\n"],
  ["no media", ""],
  ["payload 0 renamed to something else", "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 G729/8000\r\n"],
])("488: %s", (_title, media) => {
  expect(answer(media)).toMatchObject({ ok: false });
});

test("other lines stay in place with port 0", () => {
  const result = answer("m=video 4002 RTP/AVP 97\r\nm=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\nm=image 5000 udptl t38\r\n");
  const lines = result.ok ? result.answer.split("\r\n").filter((line) => line.startsWith("m=")) : [];
  expect(lines).toEqual(["m=video 0 RTP/AVP 97", "m=audio 20000 RTP/AVP 8 101", "m=image 0 UDPTL t38"]);
});

test("our own offer, answered by ourselves, agrees", () => {
  const offer = makeOffer(local);
  const result = answerOffer(parseSdp(offer)!, { ...local, port: 30_000 });
  expect(result).toMatchObject({ ok: true, agreed: { law: "ulaw", eventPayload: 101, port: 20_000 } });
  expect(readAnswer(parseSdp(result.ok ? result.answer : "")!)).toMatchObject({ port: 30_000, law: "ulaw", eventPayload: 101, direction: "sendrecv" });
});

test("a renewed offer keeps codec and payload number", () => {
  const agreed = readAnswer(parseSdp(`${head}m=audio 4000 RTP/AVP 8 96\r\na=rtpmap:96 telephone-event/8000\r\n`)!)!;
  expect(makeOffer(local, agreed)).toContain("m=audio 20000 RTP/AVP 8 0 96\r\n");
});

describe("bad SDP", () => {
  test.each(["", "hello", "v=0\r\nm=audio 99999 RTP/AVP 0\r\n", "v=0\r\nm=audio x RTP/AVP 0\r\n", "v=0\r\nm=\r\n"])("%j", (text) => {
    expect(parseSdp(text)).toBeUndefined();
  });

  test("any text: never a throw", () => {
    const piece = fc.constantFrom("v=0", "m=audio 1 RTP/AVP 0", "c=IN IP4 x", "a=rtpmap:0 PCMU/8000", "a=inactive", "a=rtpmap:", "m=", "\r\n", "=", "a");
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const sdp = parseSdp(`v=0\r\n${pieces.join("\r\n")}`);
        if (sdp) answerOffer(sdp, local);
      }),
      { seed: 8866, numRuns: 2_000 },
    );
  });
});
