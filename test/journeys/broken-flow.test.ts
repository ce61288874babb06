import { afterAll, beforeAll, expect, test } from "vitest";
import type { AttemptRow, CampaignRow, ContactRow } from "../../runtime/ports/store.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { SipPeer } from "../telephony/peer.ts";
import { eventually } from "./office.ts";

/** A flow that breaks off after the answer: nobody counts as talked to, nobody's contact ends, five in a row pause the campaign. */
let server: TestServer;
let peer: SipPeer;
const numbers = Array.from({ length: 7 }, (_each, index) => `+7999000110${index}`);

beforeAll(async () => {
  peer = await SipPeer.open();
  for (const number of numbers) peer.program(number, { kind: "answer", afterMs: 20 });
  server = await startTestServer({ trunks: [{ name: "peer", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 10 }] });
});
afterAll(async () => {
  await server.stop();
  peer.close();
});

async function publish(document: object): Promise<void> {
  const { id } = document as { id: string };
  const { revision } = await server.api<{ revision: number }>("POST", "/api/flows", { document }, 201);
  await server.api("POST", `/api/flows/${id}/publish`, { revision });
}

test("the attempt is no talk, the contact goes on, the campaign stops and says which flow", async () => {
  await publish({
    sufler: 2,
    id: "breaks",
    kind: "ivr",
    title: { ru: "Рвётся" },
    languages: ["ru"],
    passport: { purpose: "service", consent: "договор", label: "Ромашка" },
    prompts: { bye: { ru: "До свидания." } },
    outcomes: ["served"],
    start: "owes",
    nodes: {
      owes: { type: "condition", config: { when: "number(contact.debt) > 1000" }, exits: { yes: "bye", no: "bye" } },
      bye: { type: "say", config: { prompt: "bye" }, exits: { next: "end" } },
      end: { type: "hangup", config: { outcome: "served" }, exits: {} },
    },
    layout: {},
  });
  await publish({
    sufler: 2,
    id: "calls",
    kind: "strategy",
    title: { ru: "Звонит" },
    languages: ["ru"],
    passport: { purpose: "service", consent: "договор", label: "Ромашка" },
    prompts: {},
    outcomes: ["told", "given-up"],
    start: "dial",
    nodes: {
      dial: {
        type: "dial",
        config: {},
        exits: { answered: "run", busy: "again", noAnswer: "again", rejected: "again", failed: "again", invalid: "no", denied: "no", unknown: "no" },
      },
      run: { type: "run-flow", config: { flow: "breaks" }, exits: { completed: "yes", hungup: "yes", error: "no" } },
      again: {
        type: "wait-until",
        config: {
          mode: "retry",
          rules: ["busy", "noAnswer", "rejected", "failed"].map((outcome) => ({ outcome, minutes: 60, increment: 0, max: 3 })),
          maxAttempts: 3,
        },
        exits: { next: "dial", exhausted: "no" },
      },
      yes: { type: "finish", config: { outcome: "told" }, exits: {} },
      no: { type: "finish", config: { outcome: "given-up" }, exits: {} },
    },
    layout: {},
  });
  const { id } = await server.api<{ id: string }>("POST", "/api/campaigns", {
    title: "Долги",
    strategy: "calls",
    consent: "договор",
    lines: 5,
    windowFrom: "00:00",
    windowTo: "24:00",
    days: [1, 2, 3, 4, 5, 6, 7],
    zone: "Europe/Moscow",
    trunk: "peer",
  });
  const csv = ["phone,debt", ...numbers.map((number) => `${number},много`)].join("\n");
  await server.api("POST", `/api/campaigns/${id}/contacts`, { csv, mapping: { phone: "phone" } });
  await server.api("POST", `/api/campaigns/${id}/start`);
  const campaign = await eventually("the campaign to pause", async () => {
    const { campaign: found } = await server.api<{ campaign: CampaignRow }>("GET", `/api/campaigns/${id}`);
    return found.state === "paused" && found;
  });
  expect(campaign.pauseReason).toMatchObject({ flow: "breaks", failures: 5, last: expect.stringContaining("owes") });
  const { contacts } = await server.api<{ contacts: ContactRow[] }>("GET", `/api/campaigns/${id}/contacts`);
  expect(contacts.filter((contact) => contact.state === "done")).toEqual([]);
  const { attempts } = await server.api<{ attempts: AttemptRow[] }>("GET", `/api/campaigns/${id}/attempts`);
  const ended = attempts.filter((attempt) => attempt.state === "ended");
  expect(ended).toHaveLength(5);
  for (const attempt of ended) expect(attempt).toMatchObject({ outcome: "failed", detail: "flowFault", class: "soft", sipStatus: 200 });
  const health = await server.api<{ status: string; paused: object[] }>("GET", "/api/health");
  expect(health).toMatchObject({ status: "degraded", paused: [{ campaign: id, flow: "breaks" }] });
  expect(server.logged.some((line) => line.includes('flow "breaks" failed 5 times in a row'))).toBe(true);
});
