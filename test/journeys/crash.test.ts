import { appendFile, copyFile, mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AttemptRow, CallRow, ContactRow } from "../../runtime/ports/store.ts";
import { parseWav, writeWav } from "../../runtime/audio/wav.ts";
import { sine } from "../telephony/sine.ts";
import { SipPeer } from "../telephony/peer.ts";
import { eventually } from "./office.ts";
import { newFolder, run, serveChild, startProcess, type Process } from "./process.ts";

/** The process is killed without warning in the middle of work; nothing typed or captured is lost. */
type Run = {
  id: string;
  shown: { node: string; step: { values: Record<string, unknown> } } | null;
  trail: { node: string; answer: string }[];
  done: boolean;
  outcome: string | null;
  result: Record<string, unknown>;
};

let peer: SipPeer;
beforeAll(async () => void (peer = await SipPeer.open()));
afterAll(() => peer.close());

/** A walk through the script; after each step the server is killed and started again. */
const walk: { name: string; act: (server: Process, id: string) => Promise<Run>; shows: string; values: Record<string, unknown> }[] = [
  {
    name: "typed, not answered",
    act: (s, id) => s.api("POST", `/api/desk/runs/${id}/fill`, { fields: { name: "Анна" } }),
    shows: "greet",
    values: { name: "Анна" },
  },
  { name: "answered", act: (s, id) => s.api("POST", `/api/desk/runs/${id}/choose`, { answer: "complaint", fields: {} }), shows: "complaint", values: {} },
  {
    name: "typed in the next step",
    act: (s, id) => s.api("POST", `/api/desk/runs/${id}/fill`, { fields: { harm: "разбили вазу" } }),
    shows: "complaint",
    values: { harm: "разбили вазу" },
  },
  { name: "gone back", act: (s, id) => s.api("POST", `/api/desk/runs/${id}/back`, {}), shows: "greet", values: { name: "Анна" } },
  {
    name: "forward again, the text still there",
    act: (s, id) => s.api("POST", `/api/desk/runs/${id}/choose`, { answer: "complaint", fields: {} }),
    shows: "complaint",
    values: { harm: "разбили вазу" },
  },
  { name: "the caller hung up", act: (s, id) => s.api("POST", `/api/desk/runs/${id}/hangup`), shows: "complaint", values: { harm: "разбили вазу" } },
  {
    name: "promised",
    act: (s, id) => s.api("POST", `/api/desk/runs/${id}/choose`, { answer: "promise", fields: { deadline: "завтра" } }),
    shows: "promise",
    values: {},
  },
];

describe("the desk", () => {
  test("a script comes back at the same step with every word, after a kill at each step", async () => {
    const data = newFolder();
    let server = await startProcess(data);
    const { id } = await server.api<Run>("POST", "/api/desk/runs", { flow: "first-line", operator: "Оля" });
    for (const step of walk) {
      await step.act(server, id);
      await server.kill();
      server = await startProcess(data);
      expect(server.recovered.scripts, step.name).toBe(1);
      const run = await server.api<Run>("GET", `/api/desk/runs/${id}`);
      expect(run.shown?.node, step.name).toBe(step.shows);
      expect(run.shown?.step.values, step.name).toMatchObject(step.values);
    }
    await server.api("POST", `/api/desk/runs/${id}/choose`, { answer: "right", fields: { phone: "+79160000000" } });
    const done = await server.api<Run>("POST", `/api/desk/runs/${id}/choose`, { answer: "promised", fields: { note: "перезвонить" } });
    expect(done).toMatchObject({ done: true, outcome: "promised", result: { name: "Анна", harm: "разбили вазу", deadline: "завтра", note: "перезвонить" } });
    const { call } = await server.api<{ call: CallRow }>("GET", `/api/calls/${id}`);
    expect(call).toMatchObject({ outcome: "promised", disposition: "promised", operator: "Оля", ended: "caller-hangup" });
    await server.kill("SIGTERM");
  }, 240_000);
});

test("a second server on the same data folder is refused with one sentence; after a kill the folder is free", async () => {
  const data = newFolder();
  const environment = { SUFLER_DATA: data, SUFLER_HTTP_PORT: "0", SUFLER_SIP_PORT: "0", SUFLER_RTP_PORTS: "0-0", SUFLER_VOICE: "tone" };
  const first = await startProcess(data);
  const second = await run(serveChild, [], environment);
  expect(second.code).toBe(1);
  expect(second.output.trim()).toBe(`Another Sufler process is using the data folder ${data}: stop it or choose another folder with SUFLER_DATA.`);
  expect((await first.api<{ status: string }>("GET", "/api/health")).status).toBe("ok");
  await first.kill();
  const third = await startProcess(data);
  expect((await third.api<{ status: string }>("GET", "/api/health")).status).toBe("ok");
  await third.kill("SIGTERM");
});

test("a phone call broken by a kill is closed with what it had captured", async () => {
  const data = newFolder();
  const server = await startProcess(data);
  await peer.call({ to: "1034", port: server.sip.port, from: "89161119999" });
  const live = await eventually("the call", async () => (await server.api<{ calls: CallRow[] }>("GET", "/api/calls?live=1")).calls[0]);
  await server.kill();
  const again = await startProcess(data);
  expect(again.recovered.calls).toBe(1);
  const { call } = await again.api<{ call: CallRow }>("GET", `/api/calls/${live.id}`);
  expect(call).toMatchObject({ ended: "fault", caller: "+79161119999" });
  expect(call.path[0]).toMatchObject({ node: "start" });
  await again.kill("SIGTERM");
});

describe("files", () => {
  const recorded = {
    sufler: 2,
    id: "rec",
    kind: "ivr",
    title: {},
    languages: ["ru"],
    prompts: { p: { ru: "Нажмите один" } },
    outcomes: ["done"],
    start: "a",
    nodes: {
      a: { type: "start", config: { record: true }, exits: { next: "b" } },
      b: { type: "menu", config: { prompt: "p", saveAs: "k", choices: [{ key: "1", value: "one" }] }, exits: { "1": "end", noInput: "b", invalid: "b" } },
      end: { type: "hangup", config: { outcome: "done" }, exits: {} },
    },
  };
  type Files = { unknown: string[]; missing: string[] };

  test("a recording that a kill cut off has its length and stands in the row of its call", async () => {
    const data = newFolder();
    const server = await startProcess(data);
    await server.api("POST", "/api/flows", { document: recorded });
    await server.api("POST", "/api/flows/rec/publish", { revision: 1, number: "2001" });
    await peer.call({ to: "2001", port: server.sip.port, from: "89161118888" });
    const live = await eventually("the call", async () => (await server.api<{ calls: CallRow[] }>("GET", "/api/calls?live=1")).calls[0]);
    const file = join(data, "recordings", live.id, "call.wav");
    await eventually("some sound on disk", async () => (await stat(file).catch(() => ({ size: 0 }))).size > 40_000);
    await server.kill();
    expect((await readFile(file)).readUInt32LE(40)).toBe(0);
    // What an older server left of calls that it had closed already, half a sample at the end.
    const { call: gone } = await (async () => {
      const again = await startProcess(data);
      const found = await again.api<{ call: CallRow }>("GET", `/api/calls/${live.id}`);
      await again.kill("SIGTERM");
      return found;
    })();
    expect(gone.recordings).toMatchObject([{ id: "call", recording: "call" }]);
    const bytes = await readFile(file);
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
    expect(gone.recordings[0]!.ms).toBe(Math.floor((bytes.length - 44) / 32));
    await copyFile(file, join(data, "recordings", live.id, "voice-mail.3.wav"));
    await appendFile(join(data, "recordings", live.id, "voice-mail.3.wav"), Buffer.alloc(3, 1));
    await mkdir(join(data, "recordings", "nobody"));
    await copyFile(file, join(data, "recordings", "nobody", "call.wav"));
    const last = await startProcess(data);
    const { call } = await eventually("the second file to be listed", async () => {
      const found = await last.api<{ call: CallRow }>("GET", `/api/calls/${live.id}`);
      return found.call.recordings.length === 2 ? found : undefined;
    });
    expect(call.recordings[1]).toMatchObject({ id: "voice-mail#3", node: "voice-mail", recording: "voice-mail#3" });
    const heard = await fetch(`${last.url}/api/calls/${live.id}/recordings/voice-mail.3.wav`);
    expect(parseWav(new Uint8Array(await heard.arrayBuffer())).samples.length).toBe(Math.floor((bytes.length - 44 + 3) / 4));
    expect(await last.api<Files>("GET", "/api/files")).toEqual({ unknown: ["recordings/nobody/call.wav"], missing: [] });
    await last.kill("SIGTERM");
  });

  test("an upload whose row was not written is listed at the next start; a row whose file is gone is told", async () => {
    const data = newFolder();
    const server = await startProcess(data);
    const upload = (ms: number) =>
      fetch(`${server.url}/api/prompts?title=t`, {
        method: "POST",
        headers: { "content-type": "audio/wav" },
        body: new Uint8Array(writeWav(sine(440, ms), 8000)),
      });
    const [kept, lost] = (await Promise.all([upload(300), upload(400)].map(async (each) => (await each).json()))) as { hash: string }[];
    await server.kill("SIGTERM");
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(join(data, "sufler.sqlite"));
    database.prepare("DELETE FROM uploads WHERE hash = ?").run(kept!.hash);
    database.close();
    await rm(join(data, "prompts", lost!.hash.slice(0, 2), lost!.hash.slice(2, 4), `${lost!.hash}.ulaw`));
    const again = await startProcess(data);
    await eventually("the upload to be listed", async () =>
      (await again.api<{ uploads: { hash: string }[] }>("GET", "/api/prompts")).uploads.find((each) => each.hash === kept!.hash),
    );
    expect(await again.api<Files>("GET", "/api/files")).toMatchObject({ missing: [`prompts/${lost!.hash}`] });
    await again.kill("SIGTERM");
  });
});

test("an attempt cut off by a kill ends as unknown and the number is not dialled again before its time", async () => {
  const data = newFolder();
  peer.program("+79990002001", { kind: "ring" });
  const environment = { SUFLER_CONFIG: await configWithTrunk(data, peer.port) };
  const server = await startProcess(data, environment);
  const { id } = await server.api<{ id: string }>("POST", "/api/campaigns", {
    title: "K",
    strategy: "nps-campaign",
    consent: "договор",
    lines: 1,
    windowFrom: "00:00",
    windowTo: "24:00",
    days: [1, 2, 3, 4, 5, 6, 7],
    zone: "Europe/Moscow",
    trunk: "peer",
  });
  await server.api("POST", `/api/campaigns/${id}/contacts`, { csv: "phone\n+79990002001", mapping: { phone: "phone" } });
  await server.api("POST", `/api/campaigns/${id}/start`);
  const invites = () => peer.received.filter((message) => message.method === "INVITE" && decodeURIComponent(message.line).includes("+79990002001"));
  await eventually("the INVITE", () => invites().length > 0);
  const dialogs = new Set(invites().map((message) => message.headers.get("call-id")?.[0]));
  await server.kill();
  const again = await startProcess(data, environment);
  const contact = await eventually("the contact to be settled", async () =>
    (await again.api<{ contacts: ContactRow[] }>("GET", `/api/campaigns/${id}/contacts`)).contacts.find((each) => each.state === "waiting"),
  );
  expect(contact).toMatchObject({ lastOutcome: "unknown", attempts: 1 });
  expect((await again.api<{ attempts: AttemptRow[] }>("GET", `/api/campaigns/${id}/attempts`)).attempts).toMatchObject([
    { outcome: "unknown", state: "ended" },
  ]);
  expect(new Set(invites().map((message) => message.headers.get("call-id")?.[0]))).toEqual(dialogs);
  await again.kill("SIGTERM");
});

async function configWithTrunk(folder: string, port: number): Promise<string> {
  const { writeFile } = await import("node:fs/promises");
  const file = `${folder}/sufler.config.json`;
  await writeFile(file, JSON.stringify({ trunks: [{ name: "peer", host: "127.0.0.1", port }] }));
  return file;
}
