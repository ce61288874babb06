import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AttemptRow, CampaignRow, ContactRow } from "../../runtime/ports/store.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { SipPeer } from "../telephony/peer.ts";
import { eventually } from "./office.ts";

let server: TestServer;
let peer: SipPeer;

beforeAll(async () => {
  peer = await SipPeer.open();
  peer.program("+79990001001", { kind: "answer", afterMs: 100 });
  peer.program("+79990001002", { kind: "refuse", status: 486 });
  peer.program("+79990001003", { kind: "refuse", status: 404 });
  peer.program("+79990001005", { kind: "answer", afterMs: 100 });
  server = await startTestServer({ trunks: [{ name: "peer", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 10 }] });
});
afterAll(async () => {
  await server.stop();
  peer.close();
});

const csv = [
  "Телефон;Имя;City",
  "8 (999) 000-10-01;Анна;Moscow",
  "+7 999 000 10 02;Борис;Tver",
  "79990001003;Вера;Tula",
  "9990001004;Глеб;Omsk",
  "не номер;Дарья;Perm",
  "8-999-000-10-01;Анна снова;Moscow",
  ";Без номера;Ufa",
].join("\n");

async function newCampaign(fields: Partial<CampaignRow> = {}): Promise<string> {
  const { id } = await server.api<{ id: string }>("POST", "/api/campaigns", {
    title: "NPS",
    strategy: "nps-campaign",
    consent: "договор",
    lines: 2,
    windowFrom: "00:00",
    windowTo: "24:00",
    days: [1, 2, 3, 4, 5, 6, 7],
    zone: "Europe/Moscow",
    trunk: "peer",
    ...fields,
  });
  return id;
}
const contactsOf = async (id: string) => (await server.api<{ contacts: ContactRow[] }>("GET", `/api/campaigns/${id}/contacts`)).contacts;
const attemptsOf = async (id: string) => (await server.api<{ attempts: AttemptRow[] }>("GET", `/api/campaigns/${id}/attempts`)).attempts;
const invitesTo = (number: string) =>
  peer.received.filter(
    (message) =>
      (message.method === "INVITE" && message.line.includes(encodeURIComponent(number))) || (message.method === "INVITE" && message.line.includes(number)),
  ).length;

/** A strategy that ends by what its calendar says, and one that waits for the opening first. */
async function hoursStrategy(id: string, calendar: string): Promise<void> {
  const end = (outcome: string) => ({ type: "finish", config: { outcome }, exits: {} });
  const document = {
    sufler: 2,
    id,
    kind: "strategy",
    title: { ru: id },
    languages: ["ru"],
    passport: { purpose: "survey", consent: "договор", label: "x" },
    prompts: {},
    outcomes: ["open", "closed", "broken"],
    start: "hours",
    nodes: {
      hours: { type: "business-hours", config: { calendar, saveAs: "opens" }, exits: { open: "open", closed: "later", holiday: "later", error: "broken" } },
      later: { type: "wait-until", config: { mode: "time", at: "vars.opens" }, exits: { next: "hours", error: "broken" } },
      open: end("open"),
      broken: end("broken"),
    },
  };
  const { revision } = await server.api<{ revision: number }>("POST", "/api/flows", { document }, 201);
  await server.api("POST", `/api/flows/${id}/publish`, { revision });
}

describe("the calendar of a strategy", () => {
  const week = (from: string, to: string) => Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from, to }]]));
  const clock = (zone: string, at: number) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(at);

  test("open means open", async () => {
    await server.api("PUT", "/api/calendars/always", { zone: "Europe/Moscow", week: week("00:00", "24:00") });
    await hoursStrategy("hours-open", "always");
    const id = await newCampaign({ strategy: "hours-open" });
    await server.api("POST", `/api/campaigns/${id}/contacts`, { csv: "phone\n+79990001021", mapping: { phone: "phone" } });
    await server.api("POST", `/api/campaigns/${id}/start`);
    expect(await eventually("the contact is done", async () => (await contactsOf(id)).find((contact) => contact.state === "done"))).toMatchObject({
      outcome: "open",
    });
  });

  test.each(["Asia/Vladivostok", "America/New_York", "Europe/Moscow"])("a contact in %s waits for the opening by the calendar's clock", async (zone) => {
    const opens = Math.ceil(Date.now() / 60_000) * 60_000 + 3 * 3_600_000;
    const name = `later-${zone.toLowerCase().replace(/[^a-z]/g, "-")}`;
    await server.api("PUT", `/api/calendars/${name}`, {
      zone: "Europe/Moscow",
      week: week(clock("Europe/Moscow", opens), clock("Europe/Moscow", opens + 60 * 60_000)),
    });
    await hoursStrategy(name, name);
    const id = await newCampaign({ strategy: name });
    await server.api("POST", `/api/campaigns/${id}/contacts`, { csv: `phone,zone\n+79990001022,${zone}`, mapping: { phone: "phone", zone: "zone" } });
    await server.api("POST", `/api/campaigns/${id}/start`);
    const waiting = await eventually("the contact waits", async () =>
      (await contactsOf(id)).find((contact) => contact.state !== "new" && contact.state !== "active"),
    );
    expect(waiting.state).toBe("waiting");
    expect(Math.abs(waiting.dueAt! - opens)).toBeLessThanOrEqual(60_000);
    await server.api("POST", `/api/campaigns/${id}/pause`);
  });
});

describe("a campaign", () => {
  test("imports a CSV, reports every bad row, dials, surveys who answers, waits after busy, never dials a listed number", async () => {
    const id = await newCampaign();
    await server.api("PUT", "/api/lists/do-not-call/entries/+79990001004", { reason: "просил" });
    expect(await server.api("POST", `/api/campaigns/${id}/preview`, { csv })).toMatchObject({
      columns: ["Телефон", "Имя", "City"],
      guess: { phone: "Телефон", name: "Имя" },
    });
    const imported = await server.api<{ added: number; duplicates: number; errors: { line: number; reason: string }[] }>(
      "POST",
      `/api/campaigns/${id}/contacts`,
      { csv, mapping: { phone: "Телефон", name: "Имя" } },
    );
    expect(imported.added).toBe(4);
    expect(imported.errors.map((error) => error.line)).toEqual([6, 7, 8]);
    expect(imported.errors.map((error) => error.reason)).toEqual(['"не номер" is not a phone number', "the same number as in line 2", "no phone number"]);
    expect((await contactsOf(id)).find((contact) => contact.phone === "+79990001001")).toMatchObject({
      original: "8 (999) 000-10-01",
      name: "Анна",
      data: { city: "Moscow" },
    });

    await server.api("POST", `/api/campaigns/${id}/start`);
    const answered = await eventually("the call to be answered", () => peer.calls.find((call) => call.answered && !call.over));
    await eventually("the survey", () => answered.rtp.loudMs() > 500);
    await eventually("the score question", async () => (await server.api<{ calls: { id: string }[] }>("GET", "/api/calls?live=1")).calls.length > 0);
    answered.press("9");
    answered.press("9");
    const anna = await eventually("the survey to end", async () =>
      (await contactsOf(id)).find((contact) => contact.phone === "+79990001001" && contact.state === "done"),
    );
    expect(anna).toMatchObject({ outcome: "surveyed", attempts: 1, lastOutcome: "answered", result: { score: "9" } });

    const byPhone = async (phone: string) => (await contactsOf(id)).find((contact) => contact.phone === phone)!;
    await eventually("busy to be scheduled", async () => (await byPhone("+79990001002")).state === "waiting");
    const busy = await byPhone("+79990001002");
    expect(busy).toMatchObject({ lastOutcome: "busy", attempts: 1 });
    expect(busy.dueAt! - busy.updatedAt).toBeGreaterThan(9 * 60_000);
    expect(await byPhone("+79990001003")).toMatchObject({ state: "done", outcome: "wrong-number" });
    expect(await byPhone("+79990001004")).toMatchObject({ state: "done", outcome: "do-not-call", attempts: 0 });
    expect(invitesTo("+79990001004")).toBe(0);

    const attempts = await attemptsOf(id);
    expect(attempts.find((attempt) => attempt.number === "+79990001001")).toMatchObject({ outcome: "answered", state: "ended", rule: "calling-window" });
    expect(attempts.find((attempt) => attempt.number === "+79990001004")).toMatchObject({ outcome: "denied", rule: "do-not-call", startedAt: null });
    const callId = attempts.find((attempt) => attempt.number === "+79990001001")!.callId!;
    const { call } = await server.api<{ call: { attempt: string; direction: string; flow: string } }>("GET", `/api/calls/${callId}`);
    expect(call).toMatchObject({ direction: "outbound", flow: "nps-survey", attempt: attempts.find((attempt) => attempt.callId === callId)!.id });

    const table = await server.api<string>("GET", `/api/campaigns/${id}/results.csv`);
    expect(table).toContain("phone,original,name,state,outcome,attempts,last_outcome,updated,city");
    expect(table).toMatch(/\+79990001001.*surveyed/);
    expect(await server.api<string>("GET", `/api/campaigns/${id}/errors.csv`)).toContain("не номер");
    await server.api("POST", `/api/campaigns/${id}/pause`);
  });

  test("outside the calling window nobody is dialled; contacts wait for its opening", async () => {
    const hour = new Date(Date.now() + 3 * 3_600_000).getUTCHours();
    const from = `${String((hour + 5) % 24).padStart(2, "0")}:00`;
    const to = `${String((hour + 5) % 24).padStart(2, "0")}:30`;
    const id = await newCampaign({ windowFrom: from, windowTo: to, zoneOf: "campaign" });
    await server.api("POST", `/api/campaigns/${id}/contacts`, { csv: "phone\n+79990001005\n", mapping: { phone: "phone" } });
    await server.api("POST", `/api/campaigns/${id}/start`);
    const contact = await eventually("the contact to wait", async () => (await contactsOf(id)).find((each) => each.state === "waiting"));
    expect(contact.dueAt!).toBeGreaterThan(Date.now());
    expect(invitesTo("+79990001005")).toBe(0);
    expect(await attemptsOf(id)).toEqual([]);
    await server.api("POST", `/api/campaigns/${id}/pause`);
  });

  test("a window that can never be open for numbers that may be anywhere in Russia: it does not start, and says what to do", async () => {
    const id = await newCampaign({ windowFrom: "10:00", windowTo: "18:00" });
    await server.api("POST", `/api/campaigns/${id}/contacts`, { csv: "phone\n+79990001005\n", mapping: { phone: "phone" } });
    const refused = await server.api<{ error: { code: string; message: { ru: string; en: string } } }>("POST", `/api/campaigns/${id}/start`, undefined, 409);
    expect(refused.error.message.en).toMatch(/may be in 11 time zones.*set the campaign/);
    expect(refused.error.message.ru).toMatch(/в любом из 11 поясов.*выберите в обзвоне/);
    expect((await contactsOf(id))[0]).toMatchObject({ state: "new" });
  });

  test("without a basis of consent it does not start", async () => {
    const id = await newCampaign({ consent: "" });
    const refused = await server.api<{ error: { code: string } }>("POST", `/api/campaigns/${id}/start`, undefined, 409);
    expect(refused.error.code).toBe("cannot-start");
  });

  test("advertising by an autodialler is refused in Russia", async () => {
    const id = await newCampaign({ purpose: "advertising" });
    await server.api("POST", `/api/campaigns/${id}/contacts`, { csv: "phone\n+79990001005\n", mapping: { phone: "phone" } });
    await server.api("POST", `/api/campaigns/${id}/start`);
    await eventually("the refusal", async () => (await contactsOf(id))[0]?.outcome === "do-not-call");
    expect((await attemptsOf(id))[0]).toMatchObject({ outcome: "denied", rule: "RU-38-18" });
    expect(invitesTo("+79990001005")).toBe(0);
  });
});

describe("a trunk where nobody listens", () => {
  test("pauses the campaign after five attempts; no contact is used up, and the API says why", async () => {
    const closed = await SipPeer.open();
    const { port } = closed;
    closed.close();
    const dead = await startTestServer({ trunks: [{ name: "dead", host: "127.0.0.1", port, transport: "udp", register: false, maxLines: 10 }] });
    try {
      expect(await dead.api("GET", "/api/health")).toMatchObject({ status: "ok", paused: [], sip: { trunks: [{ trunk: "dead", state: "unknown" }] } });
      const fields = { title: "NPS", strategy: "nps-campaign", consent: "договор", lines: 2, windowFrom: "00:00", windowTo: "24:00" };
      const where = { days: [1, 2, 3, 4, 5, 6, 7], zone: "Europe/Moscow", trunk: "dead" };
      const { id } = await dead.api<{ id: string }>("POST", "/api/campaigns", { ...fields, ...where });
      const people = ["phone", ...Array.from({ length: 20 }, (_, i) => `+799900020${String(i).padStart(2, "0")}`)].join("\n");
      await dead.api("POST", `/api/campaigns/${id}/contacts`, { csv: people, mapping: { phone: "phone" } });
      await dead.api("POST", `/api/campaigns/${id}/start`);
      const campaign = await eventually("the campaign to pause by itself", async () => {
        const found = (await dead.api<{ campaign: CampaignRow }>("GET", `/api/campaigns/${id}`)).campaign;
        return found.state === "paused" ? found : null;
      });
      const why = { trunk: "dead", failures: 5, last: expect.stringContaining("ECONNREFUSED") };
      expect(campaign.pauseReason).toMatchObject(why);
      expect(await dead.api("GET", "/api/health")).toMatchObject({
        status: "degraded",
        paused: [{ campaign: id, title: "NPS", ...why }],
        sip: { trunks: [{ trunk: "dead", state: "failing", reason: expect.stringContaining("unreachable") }] },
      });
      expect(dead.logged.filter((text) => text.includes('trunk "dead" failed 5 times in a row'))).toHaveLength(1);
      await eventually("calls in flight to end", async () =>
        (await dead.api<{ attempts: AttemptRow[] }>("GET", `/api/campaigns/${id}/attempts`)).attempts.every(({ state }) => state !== "dialling"),
      );
      const { attempts } = await dead.api<{ attempts: AttemptRow[] }>("GET", `/api/campaigns/${id}/attempts`);
      const tried = attempts.filter(({ startedAt }) => startedAt !== null);
      expect(tried.length).toBeLessThanOrEqual(6);
      expect(tried.every(({ outcome, sipStatus, q850 }) => outcome === "failed" && sipStatus === null && q850 === null)).toBe(true);
      const { contacts } = await dead.api<{ contacts: ContactRow[] }>("GET", `/api/campaigns/${id}/contacts`);
      expect(contacts.map((contact) => contact.attempts)).toEqual(contacts.map(() => 0));
    } finally {
      await dead.stop();
    }
  });
});
