import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SipPeer } from "../telephony/peer.ts";
import { eventually } from "../journeys/office.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
let peer: SipPeer;
beforeAll(async () => {
  peer = await SipPeer.open();
  peer.program("+79990001001", { kind: "answer", afterMs: 100 });
  peer.program("+79990001002", { kind: "refuse", status: 486 });
  journey = await startJourney({ trunks: [{ name: "peer", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 4 }] });
});
afterAll(async () => {
  await journey?.stop();
  peer.close();
});

test("a campaign started on its page dials over SIP, surveys who answers, puts the busy one off, and gives its table", async () => {
  const { server } = journey;
  const { id } = await server.api<{ id: string }>("POST", "/api/campaigns", {
    title: "Осенний опрос",
    strategy: "nps-campaign",
    consent: "договор 17",
    lines: 2,
    windowFrom: "00:00",
    windowTo: "24:00",
    days: [1, 2, 3, 4, 5, 6, 7],
    zone: "Europe/Moscow",
    trunk: "peer",
  });
  await server.api("POST", `/api/campaigns/${id}/contacts`, {
    csv: "phone;name\n+79990001001;Анна\n+79990001002;Борис",
    mapping: { phone: "phone", name: "name" },
  });
  const page = await journey.open(`/campaigns/${id}`);
  await page.getByRole("button", { name: "Запустить" }).click();
  await page.getByText("идёт", { exact: true }).waitFor();
  const answered = await eventually("the call", () => peer.calls.find((call) => call.answered && !call.over));
  await eventually("the survey", () => answered.rtp.loudMs() > 500);
  answered.press("9");
  await page.getByRole("row", { name: /\+79990001002.*занято/ }).waitFor();
  await page.getByRole("row", { name: /\+79990001001.*surveyed.*score: 9/ }).waitFor({ timeout: 40_000 });
  await page.getByRole("tab", { name: "Попытки" }).click();
  await page.getByRole("row", { name: /\+79990001001/ }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("link", { name: "CSV" })
      .or(page.getByRole("button", { name: "CSV" }))
      .first()
      .click(),
  ]);
  expect(await readFile((await download.path())!, "utf8")).toMatch(/\+79990001001.*Анна.*surveyed/);
  await page.getByRole("button", { name: "Пауза" }).click();
  await page.getByText("на паузе", { exact: true }).waitFor();
  expect(journey.errors).toEqual([]);
});
