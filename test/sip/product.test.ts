import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { encode } from "../../runtime/audio/g711.ts";
import type { CallRow, ContactRow, ListEntry } from "../../runtime/ports/store.ts";
import { dtmfTone } from "../../runtime/telephony/media/tones.ts";
import { eventually, setOffice } from "../journeys/office.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { PeerRtp } from "../telephony/peer-rtp.ts";
import { startBaresip } from "./baresip.ts";
import { sipp } from "./sipp.ts";
import { end, freePort, need, type Running } from "./tools.ts";

vi.setConfig({ testTimeout: 90_000 });

/** The whole product with real SIP programs at the other end: rung, its result found again. */
let server: TestServer;
const running: Running[] = [];

beforeAll(async () => {
  need("sipp", "sip-tester");
  need("baresip", "baresip-core");
  server = await startTestServer();
  await setOffice(server, true);
});
afterEach(async () => void (await Promise.all(running.splice(0).map(end))));
afterAll(() => server.stop());

const calls = async (from = server) => (await from.api<{ calls: CallRow[] }>("GET", "/api/calls?limit=1000")).calls;
const ended = async (known: Set<string>, from = server) =>
  eventually("a call to end", async () => (await calls(from)).find((call) => !known.has(call.id) && call.endedAt !== null));
const known = async () => new Set((await calls()).map((call) => call.id));
const entered = async (node: string) =>
  eventually(`the call at ${node}`, async () => {
    const live = (await calls()).find((call) => call.endedAt === null);
    if (!live) return false;
    const { lines } = await server.api<{ lines: { kind: string; node: string }[] }>("GET", `/api/calls/${live.id}/journal`);
    return lines.some((line) => line.kind === "entered" && line.node === node);
  });

describe.each(["u1", "t1"] as const)("sipp rings the demo number over %s", (transport) => {
  test("presses one (RFC 4733) and hears the hours", async () => {
    const before = await known();
    const rtp = await PeerRtp.open();
    const caller = await sipp({ scenario: "call-until-bye.xml", remote: server.sip.port, transport, keys: { rtp_port: String(rtp.port) } });
    running.push(caller);
    await entered("choose");
    expect(rtp.loudMs()).toBeGreaterThan(500);
    await rtp.event("1");
    expect([await caller.ended, caller.errors()]).toEqual([0, ""]);
    expect(await ended(before)).toMatchObject({ flow: "main-menu", outcome: "self-served", result: { choice: "info" }, ended: "flow" });
    rtp.close();
  });

  test("hangs up at once: nothing is left behind", async () => {
    const caller = await sipp({ scenario: "call-and-hang-up.xml", remote: server.sip.port, transport });
    running.push(caller);
    expect([await caller.ended, caller.errors()]).toEqual([0, ""]);
    await eventually("no live call", async () => (await calls()).every((call) => call.endedAt !== null));
  });
});

test("an in-band key in sipp's own audio", async () => {
  const before = await known();
  const second = new Uint8Array(8000).fill(0xff);
  const tones = Buffer.concat([second, encode("ulaw", dtmfTone("1", 100)), second, second, second, second, second, second, second]);
  const caller = await sipp({ scenario: "call-with-tones.xml", remote: server.sip.port, files: { "tones.raw": tones } });
  running.push(caller);
  await caller.ended;
  expect(await ended(before)).toMatchObject({ outcome: "self-served", result: { choice: "info" } });
});

test("a blacklisted sipp hears 486 and is counted", async () => {
  await server.api("PUT", "/api/lists/blacklist/entries/79990000001", { reason: "sipp" });
  const caller = await sipp({ scenario: "call-refused.xml", remote: server.sip.port });
  running.push(caller);
  expect([await caller.ended, caller.errors()]).toEqual([0, ""]);
  const { entries } = await server.api<{ entries: ListEntry[] }>("GET", "/api/lists/blacklist/entries");
  expect(entries.find((entry) => entry.number === "+79990000001")).toMatchObject({ hits: 1, lastSeen: expect.any(Number) });
  await server.api("DELETE", "/api/lists/blacklist/entries/+79990000001");
});

test("baresip rings, presses one, and its result is found", async () => {
  const before = await known();
  const phone = await startBaresip();
  try {
    phone.command("dial", `sip:1000@127.0.0.1:${server.sip.port}`);
    await entered("choose");
    phone.command("sndcode", "1");
    expect(await ended(before)).toMatchObject({ flow: "main-menu", outcome: "self-served", result: { choice: "info" } });
    await eventually("baresip to see the end", () => phone.events.includes("CALL_CLOSED"));
  } finally {
    await phone.stop();
  }
});

describe("a campaign that dials sipp", () => {
  async function campaign(scenario: string, done: (contact: ContactRow) => boolean): Promise<{ contact: ContactRow; code: number; errors: string }> {
    const port = await freePort();
    const callee = await sipp({ scenario, remote: port, port, timeout: "90s" });
    running.push(callee);
    const dialler = await startTestServer({ trunks: [{ name: "sipp", host: "127.0.0.1", port, transport: "udp", register: false, maxLines: 2 }] });
    try {
      const { id } = await dialler.api<{ id: string }>("POST", "/api/campaigns", {
        title: "sipp",
        strategy: "nps-campaign",
        consent: "договор",
        lines: 1,
        windowFrom: "00:00",
        windowTo: "24:00",
        days: [1, 2, 3, 4, 5, 6, 7],
        zone: "Europe/Moscow",
        trunk: "sipp",
      });
      await dialler.api("POST", `/api/campaigns/${id}/contacts`, { csv: "phone\n+79990000001", mapping: { phone: "phone" } });
      await dialler.api("POST", `/api/campaigns/${id}/start`);
      const contact = await patiently(async () => (await dialler.api<{ contacts: ContactRow[] }>("GET", `/api/campaigns/${id}/contacts`)).contacts.find(done));
      return { contact, code: await callee.ended, errors: callee.errors() };
    } finally {
      await dialler.stop();
    }
  }

  /** The survey asks twice and waits: longer than `eventually`. */
  async function patiently<T>(check: () => Promise<T | undefined>): Promise<T> {
    return (
      (await eventually("the contact", check).catch(() => undefined)) ??
      (await eventually("the contact", check).catch(() => undefined)) ??
      eventually("the contact", check)
    );
  }

  test("sipp answers, says nothing: surveyed in vain, and our BYE", async () => {
    const { contact, code, errors } = await campaign("callee-answers.xml", (each) => each.state === "done");
    expect(contact).toMatchObject({ outcome: "refused", lastOutcome: "answered", attempts: 1 });
    expect([code, errors]).toEqual([0, ""]);
  });

  test("sipp is busy: again in ten minutes", async () => {
    const { contact, code, errors } = await campaign("callee-busy.xml", (each) => each.state === "waiting");
    expect(contact).toMatchObject({ lastOutcome: "busy", attempts: 1 });
    expect(contact.dueAt! - contact.updatedAt).toBeGreaterThanOrEqual(599_000);
    expect([code, errors]).toEqual([0, ""]);
  });
});
