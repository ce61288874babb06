import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CallRow, ListEntry } from "../../runtime/ports/store.ts";
import { parseWav } from "../../runtime/audio/wav.ts";
import { startTestServer, type TestServer } from "../server.ts";
import type { PeerCall } from "../telephony/peer-call.ts";
import { SipPeer } from "../telephony/peer.ts";
import { eventually, setOffice } from "./office.ts";

let server: TestServer;
let peer: SipPeer;

beforeAll(async () => {
  server = await startTestServer();
  await setOffice(server, true);
  peer = await SipPeer.open();
});
afterAll(async () => {
  peer.close();
  await server.stop();
});

const lastCall = (caller: string) =>
  eventually(`the call of ${caller} to end`, async () =>
    (await server.api<{ calls: CallRow[] }>("GET", `/api/calls?search=${encodeURIComponent(caller)}`)).calls.find((call) => call.endedAt !== null),
  );
const journalOf = (id: string) => server.api<{ lines: { node: string; kind: string; data?: Record<string, unknown> }[] }>("GET", `/api/calls/${id}/journal`);

/** The node a live call is at. */
async function at(caller: string, node: string): Promise<CallRow> {
  return eventually(`${caller} at ${node}`, async () => {
    const call = (await server.api<{ calls: CallRow[] }>("GET", `/api/calls?live=1&search=${encodeURIComponent(caller)}`)).calls[0];
    if (!call) return null;
    const { lines } = await journalOf(call.id);
    return lines.findLast((line) => line.kind === "entered")?.node === node ? call : null;
  });
}

describe("a call to the demo number", () => {
  test("answers, plays, takes a key, tells the hours, hangs up, and its result is found", async () => {
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "89161112233" });
    await at("+79161112233", "choose");
    await eventually("audio", () => call.rtp.loudMs() > 200);
    call.press("1");
    const row = await lastCall("+79161112233");
    expect(row).toMatchObject({
      flow: "main-menu",
      version: 1,
      direction: "inbound",
      caller: "+79161112233",
      dialled: "1000",
      ended: "flow",
      outcome: "self-served",
      result: { choice: "info" },
    });
    expect(row.path.map((visit) => visit.node)).toEqual(["start", "blacklist", "known", "hours", "greet", "has-notice", "choose", "info", "end-info"]);
    expect(row.answeredAt).not.toBeNull();
  });

  test("a key before the prompt ends is taken at once (type-ahead over the greeting)", async () => {
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "89161112234" });
    await at("+79161112234", "greet");
    call.press("1");
    const row = await lastCall("+79161112234");
    expect(row.outcome).toBe("self-served");
    const { lines } = await journalOf(row.id);
    expect(lines.filter((line) => line.kind === "heard").map((line) => line.data?.["prompt"])).toEqual(["greeting", "info"]);
  });

  test.each(["inband", "info"] as const)("digits by %s choose as well", async (by) => {
    const from = by === "info" ? "89161112235" : "89161112236";
    const call = await peer.call({ to: "1000", port: server.sip.port, from });
    await at(`+7${from.slice(1)}`, "choose");
    call.press("1", by);
    expect((await lastCall(`+7${from.slice(1)}`)).outcome).toBe("self-served");
  });

  test("a hang-up in the menu ends by on-hangup and keeps what was captured", async () => {
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "89161112237" });
    await at("+79161112237", "choose");
    call.hangup();
    const row = await lastCall("+79161112237");
    expect(row).toMatchObject({ ended: "caller-hangup", outcome: "left-in-menu" });
    expect(row.path.at(-1)?.node).toBe("end-left");
  });

  test("a hang-up in the middle of a prompt is the caller's hang-up, not a fault", async () => {
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "89161112240" });
    await at("+79161112240", "greet");
    await eventually("the greeting to be heard", () => call.rtp.loudMs() > 300);
    call.hangup();
    const row = await lastCall("+79161112240");
    expect(row).toMatchObject({ ended: "caller-hangup", outcome: "left-in-menu", q850: 16 });
    expect(row.path.map((visit) => visit.node)).toEqual(["start", "blacklist", "known", "hours", "greet", "gone", "note-left", "gone-kept", "end-left"]);
    expect((await journalOf(row.id)).lines.filter((line) => line.kind === "fault")).toEqual([]);
  });

  test("a call ended from the screen ends as the operator's hang-up", async () => {
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "89161112242" });
    const live = await at("+79161112242", "choose");
    await server.api("POST", `/api/calls/${live.id}/hangup`);
    expect(await lastCall("+79161112242")).toMatchObject({ ended: "operator-hangup", outcome: "left-in-menu", q850: 16 });
    await eventually("the BYE", () => call.over);
    await server.api("POST", `/api/calls/${live.id}/hangup`, undefined, 404);
  });

  test("a hang-up while recording keeps the recording", async () => {
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "89161112241" });
    await at("+79161112241", "choose");
    call.press("0");
    await at("+79161112241", "message");
    await quiet(call);
    await call.rtp.tone(1_500, [440]);
    call.hangup();
    const row = await lastCall("+79161112241");
    expect(row).toMatchObject({ ended: "caller-hangup", outcome: "left-in-menu", result: { message: expect.stringContaining("message#") } });
    expect(row.recordings).toMatchObject([{ node: "message" }]);
    expect(row.recordings[0]!.ms).toBeGreaterThan(500);
  });

  test("nobody to connect to: the caller leaves a message that can be played", async () => {
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "89161112238" });
    await at("+79161112238", "choose");
    call.press("0");
    const live = await at("+79161112238", "message");
    await eventually("the invitation", async () =>
      (await journalOf(live.id)).lines.some((line) => line.kind === "heard" && line.data?.["prompt"] === "message"),
    );
    await quiet(call);
    await call.rtp.tone(2_500, [440]);
    call.press("#");
    const row = await lastCall("+79161112238");
    expect(row.outcome).toBe("message");
    const recording = row.recordings.find((item) => item.node === "message")!;
    const response = await fetch(`${server.url}/api/calls/${row.id}/recordings/${recording.recording.replaceAll("#", ".")}.wav`);
    expect(response.headers.get("content-type")).toBe("audio/wav");
    const wav = parseWav(new Uint8Array(await response.arrayBuffer()));
    expect(wav.sampleRate).toBe(8000);
    expect(loudSeconds(wav.samples)).toBeGreaterThan(1.2);
  });

  test("a blacklisted number hears busy, and its hits and last-seen grow", async () => {
    const entryOf = async () =>
      (await server.api<{ entries: ListEntry[] }>("GET", "/api/lists/blacklist/entries")).entries.find((entry) => entry.number === "+79990000666")!;
    const before = await entryOf();
    const call = await peer.call({ to: "1000", port: server.sip.port, from: "+79990000666" });
    await eventually("486", () => call.status === 486);
    const after = await eventually("a hit", async () => ((await entryOf()).hits > before.hits ? entryOf() : null));
    expect(after).toMatchObject({ hits: before.hits + 1 });
    expect(after.lastSeen).toBeGreaterThan(before.lastSeen ?? 0);
    expect(await lastCall("+79990000666")).toMatchObject({ sipStatus: 486, q850: 17, outcome: "blacklisted", answeredAt: null, flow: "" });
  });

  test("a number that no flow answers gives 404", async () => {
    const call = await peer.call({ to: "5555", port: server.sip.port, from: "89161112239" });
    await eventually("404", () => call.status === 404);
  });

  test("a call becomes a conversation that passes against its flow", async () => {
    const row = await lastCall("+79161112233");
    const { conversation } = await server.api<{ conversation: unknown }>("GET", `/api/calls/${row.id}/conversation`);
    const { document } = await server.api<{ document: object }>("GET", "/api/flows/main-menu/versions/1");
    const { parseFlow } = await import("../../flows/schema/parse-flow.ts");
    const { parseConversation } = await import("../../flows/simulate/conversation.ts");
    const { runConversation } = await import("../../flows/simulate/run-conversation.ts");
    const parsed = parseConversation(conversation);
    if ("error" in parsed) throw new Error(parsed.error);
    expect(runConversation(parseFlow(document).flow!, parsed.conversation).failures).toEqual([]);
  });
});

test("over the call limit: 503 with Retry-After", async () => {
  const small = await startTestServer({ maxCalls: 1 });
  try {
    await setOffice(small, true);
    const first = await peer.call({ to: "1000", port: small.sip.port, from: "89161110001" });
    await eventually("the first call", () => first.status === 200);
    const second = await peer.call({ to: "1000", port: small.sip.port, from: "89161110002" });
    await eventually("503", () => second.status === 503);
    expect(peer.received.findLast((message) => message.status === 503)?.headers.get("retry-after")?.[0]).toMatch(/^\d+$/);
    first.hangup();
  } finally {
    await small.stop();
  }
});

/** Until nothing has been heard for a while: the prompt and the beep are over. */
async function quiet(call: PeerCall): Promise<void> {
  let last = -1;
  for (let same = 0; same < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = call.rtp.loudMs();
    same = now === last && now > 0 ? same + 1 : 0;
    last = now;
  }
}

function loudSeconds(samples: ArrayLike<number>): number {
  let loud = 0;
  for (let from = 0; from + 160 <= samples.length; from += 160) {
    let sum = 0;
    for (let i = from; i < from + 160; i++) sum += Math.abs(Number(samples[i]));
    if (sum / 160 > 0.02) loud += 0.02;
  }
  return loud;
}
