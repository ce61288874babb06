import { readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeWav } from "../../runtime/audio/wav.ts";
import type { CallRow } from "../../runtime/ports/store.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { SipPeer } from "../telephony/peer.ts";
import { sine } from "../telephony/sine.ts";
import { eventually } from "./office.ts";

/** Nodes whose work is outside the flow, on real legs and real servers. */
let server: TestServer;
let peer: SipPeer;
let web: Server;
let asked: { method: string; url: string; body: string }[] = [];

beforeAll(async () => {
  peer = await SipPeer.open();
  peer.program("+74950000001", { kind: "answer", afterMs: 50 });
  peer.program("+74950000002", { kind: "refuse", status: 486 });
  peer.program("+74950000003", { kind: "ring" });
  server = await startTestServer({
    demo: false,
    voice: "none",
    trunks: [{ name: "peer", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 10 }],
  });
  web = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push({ method: request.method!, url: request.url!, body });
      if (request.url === "/slow") return;
      response.writeHead(request.url === "/broken" ? 503 : 200, { "content-type": "application/json" });
      response.end(request.url === "/huge" ? "x".repeat(300_000) : JSON.stringify({ name: "Анна", age: 30 }));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => web.once("listening", resolve));
});
afterAll(async () => {
  await server.stop();
  peer.close();
  web.closeAllConnections();
  web.close();
});

let count = 0;
type Nodes = Record<string, { type: string; config: Record<string, unknown>; exits: Record<string, string> }>;
const end = (outcome: string) => ({ type: "hangup", config: { outcome }, exits: {} });

/** Publishes a flow on a number of its own and rings it. */
async function ring(nodes: Nodes, more: { prompts?: object; outcomes: string[]; start: string }) {
  const id = `t${(count += 1)}`;
  const number = `3${count}`;
  const document = { sufler: 2, id, kind: "ivr", title: { ru: id }, languages: ["ru"], prompts: {}, ...more, nodes };
  await server.api("POST", "/api/flows", { document });
  await server.api("POST", `/api/flows/${id}/publish`, { revision: 1, number });
  const call = await peer.call({ to: number, port: server.sip.port, from: "89161112233" });
  const result = () =>
    eventually(`the call of ${id}`, async () =>
      (await server.api<{ calls: CallRow[] }>("GET", `/api/calls?flow=${id}`)).calls.find((row) => row.endedAt !== null),
    );
  return { call, result };
}

async function upload(frequency: number, ms: number): Promise<string> {
  const response = await fetch(`${server.url}/api/prompts?title=${frequency}`, {
    method: "POST",
    headers: { "content-type": "audio/wav" },
    body: new Uint8Array(writeWav(sine(frequency, ms), 8000)),
  });
  return ((await response.json()) as { hash: string }).hash;
}

describe("without any voice", () => {
  test("a flow of recordings works, and the check says what has no voice", async () => {
    const audio = await upload(440, 1_500);
    const prompts = { tone: { ru: { audio } }, words: { ru: "Это некому сказать" } };
    const nodes: Nodes = { a: { type: "say", config: { prompt: "tone" }, exits: { next: "end" } }, end: end("done") };
    const { call, result } = await ring(nodes, { prompts: { tone: prompts.tone }, outcomes: ["done"], start: "a" });
    expect(await result()).toMatchObject({ outcome: "done", ended: "flow", q850: 16 });
    expect(call.rtp.loudMs()).toBeGreaterThan(1_000);
    const document = {
      sufler: 2,
      id: "silent",
      kind: "ivr",
      title: {},
      languages: ["ru"],
      prompts,
      outcomes: ["done"],
      start: "a",
      nodes: { ...nodes, a: { ...nodes["a"]!, config: { prompt: "words" } } },
    };
    const { issues } = await server.api<{ issues: { code: string; node: string }[] }>("POST", "/api/flows/silent/check", { document });
    expect(issues.filter((issue) => issue.code === "no-voice")).toMatchObject([{ node: "a" }]);
  });

  test("music in the background is heard while the flow waits, and no more once it is off", async () => {
    const audio = await upload(440, 300);
    const music = (id: string, mode: string, next: string) => ({
      [id]: { type: "play", config: { mode, playlist: mode === "silence" ? [] : [{ prompt: "tone" }] }, exits: { next, error: "mute" } },
    });
    const wait = (next: string) => ({ type: "wait", config: { seconds: 1 }, exits: { next } });
    const nodes: Nodes = {
      ...music("on", "background", "first"),
      first: wait("off"),
      ...music("off", "silence", "second"),
      second: wait("end"),
      end: end("done"),
      mute: end("mute"),
    };
    const { call, result } = await ring(nodes, { prompts: { tone: { ru: { audio } } }, outcomes: ["done", "mute"], start: "on" });
    expect(await result()).toMatchObject({ outcome: "done" });
    expect(call.rtp.loudMs()).toBeGreaterThan(700);
    expect(call.rtp.loudMs()).toBeLessThan(1_300);
  });

  test("a text faults no-voice and leaves by error", async () => {
    const nodes: Nodes = { a: { type: "say", config: { prompt: "words" }, exits: { next: "end", error: "mute" } }, end: end("done"), mute: end("mute") };
    const { result } = await ring(nodes, { prompts: { words: { ru: "Алло" } }, outcomes: ["done", "mute"], start: "a" });
    expect(await result()).toMatchObject({ outcome: "mute" });
  });
});

describe("transfer", () => {
  const bridge = (target: string): Nodes => ({
    a: {
      type: "transfer",
      config: { mode: "bridge", target, trunk: "peer", ringSeconds: 10, saveAs: "talk" },
      exits: { ok: "talked", busy: "busy", noAnswer: "end", rejected: "end", abandoned: "lost", hangup: "talked" },
    },
    talked: end("talked"),
    lost: end("lost"),
    busy: end("busy"),
    end: end("end"),
  });
  const outcomes = ["talked", "busy", "end", "lost"];

  test("dials, joins the two, and goes on when the other side hangs up", async () => {
    const { call, result } = await ring(bridge("+74950000001"), { outcomes, start: "a" });
    const legB = await eventually("leg B", () => peer.calls.find((each) => each !== call && each.answered && !each.over));
    await eventually("both to hear", async () => {
      await Promise.all([call.rtp.tone(300, [440]), legB.rtp.tone(300, [880])]);
      return legB.rtp.loudMs() > 200 && call.rtp.loudMs() > 200;
    });
    legB.hangup();
    expect(await result()).toMatchObject({ outcome: "talked", ended: "flow", result: { talk: { joined: true, target: "+74950000001" } } });
  });

  test("busy takes its exit", async () => {
    const { result } = await ring(bridge("+74950000002"), { outcomes, start: "a" });
    expect(await result()).toMatchObject({ outcome: "busy" });
  });

  test("the caller's hang-up ends leg B as well", async () => {
    const { call, result } = await ring(bridge("+74950000001"), { outcomes, start: "a" });
    const legB = await eventually("leg B", () => peer.calls.find((each) => each !== call && each.answered && !each.over));
    await eventually("the two to be joined", async () => {
      await call.rtp.tone(300, [440]);
      return legB.rtp.loudMs() > 200;
    });
    call.hangup();
    expect(await result()).toMatchObject({ ended: "caller-hangup", outcome: "talked", result: { talk: { joined: true } } });
    await eventually("leg B to end", () => legB.over);
  });

  test("a hang-up while it rings is told apart from one after the talk, and leg B stops ringing", async () => {
    const { call, result } = await ring(bridge("+74950000003"), { outcomes, start: "a" });
    const legB = await eventually("leg B", () => peer.calls.find((each) => each !== call && !each.answered && !each.over));
    call.hangup();
    expect(await result()).toMatchObject({ ended: "caller-hangup", outcome: "lost", result: { talk: { joined: false, talkSeconds: 0 } } });
    await eventually("leg B to end", () => legB.over);
  });

  test("whoever answers hears what the caller has just recorded, alone, and takes the call with a key", async () => {
    const nodes: Nodes = {
      name: { type: "record", config: { saveAs: "voice", beep: false, silenceSeconds: 0 }, exits: { next: "a", noInput: "end", error: "end" } },
      ...bridge("+74950000001"),
    };
    Object.assign(nodes["a"]!.config, { whisperRecording: "vars.voice", confirmKey: "1" });
    const { call, result } = await ring(nodes, { outcomes, start: "name" });
    await eventually("the call to be answered", () => call.answered);
    await call.rtp.tone(1_000, [440]);
    call.press("#");
    const legB = await eventually("leg B", () => peer.calls.find((each) => each !== call && each.answered && !each.over));
    await eventually("the recording to be heard", () => legB.rtp.loudMs() > 500);
    legB.press("1");
    await eventually("the two to be joined", async () => {
      await legB.rtp.tone(300, [880]);
      return call.rtp.loudMs() > 200;
    });
    legB.hangup();
    const row = await result();
    expect(row).toMatchObject({ outcome: "talked", result: { talk: { joined: true }, voice: expect.stringMatching(/^name#\d+$/) } });
    // Made to be heard, gone with the call; the recording itself stays.
    const files = await readdir(join(server.data, "recordings", row.id));
    expect(files.filter((file) => file.startsWith("name.")).map((file) => file.slice(-4))).toEqual([".wav"]);
  });

  test("blind: REFER, accepted", async () => {
    const nodes: Nodes = {
      a: { type: "transfer", config: { mode: "blind", target: "1002" }, exits: { ok: "talked", rejected: "end" } },
      talked: end("talked"),
      end: end("end"),
    };
    const { call, result } = await ring(nodes, { outcomes, start: "a" });
    expect(await result()).toMatchObject({ outcome: "talked" });
    const refer = call.requests.find((request) => request.method === "REFER");
    expect(refer?.headers.get("refer-to")?.[0]).toContain("1002");
  });
});

describe("http", () => {
  const get = (path: string, more: Record<string, unknown> = {}): Nodes => ({
    a: {
      type: "http",
      config: { service: "crm", url: `http://127.0.0.1:${(web.address() as AddressInfo).port}${path}`, saveAs: "client", timeout: 1, ...more },
      exits: { ok: "end", clientError: "bad", serverError: "bad", timeout: "late", error: "down" },
    },
    end: end("end"),
    bad: end("bad"),
    late: end("late"),
    down: end("down"),
  });
  const outcomes = ["end", "bad", "late", "down"];

  test("the answer is kept", async () => {
    asked = [];
    const { result } = await ring(get("/client", { method: "POST", body: '{"from":"{{ caller.number }}"}' }), { outcomes, start: "a" });
    expect(await result()).toMatchObject({ outcome: "end", result: { client: { name: "Анна", age: 30 } } });
    expect(asked).toMatchObject([{ method: "POST", body: '{"from":"+79161112233"}' }]);
  });

  test.each([
    ["/slow", "late"],
    ["/huge", "down"],
  ])("%s leaves by %s", async (path, outcome) => {
    const { result } = await ring(get(path), { outcomes, start: "a" });
    expect(await result()).toMatchObject({ outcome });
  });

  test("a server error is tried again as often as asked", async () => {
    asked = [];
    const { result } = await ring(get("/broken", { retries: 2 }), { outcomes, start: "a" });
    expect(await result()).toMatchObject({ outcome: "bad" });
    expect(asked).toHaveLength(3);
  });
});

test("a recorded call is a stereo file with what the caller said on the left", async () => {
  const nodes: Nodes = {
    a: { type: "start", config: { record: true }, exits: { next: "b" } },
    b: { type: "wait", config: { seconds: 2 }, exits: { next: "end" } },
    end: end("done"),
  };
  const { call, result } = await ring(nodes, { outcomes: ["done"], start: "a" });
  await eventually("the answer", () => call.status === 200);
  await call.rtp.tone(1_500, [440]);
  const row = await result();
  expect(row.recordings).toMatchObject([{ id: "call", recording: "call" }]);
  const wav = Buffer.from(await (await fetch(`${server.url}/api/calls/${row.id}/recordings/call.wav`)).arrayBuffer());
  expect([wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([2, 8000]);
  let left = 0;
  for (let at = 44; at + 3 < wav.length; at += 4) left = Math.max(left, Math.abs(wav.readInt16LE(at)));
  expect(left).toBeGreaterThan(2_000);
});
