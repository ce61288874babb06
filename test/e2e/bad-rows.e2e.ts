import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../journeys/office.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
const trunk = { name: "carrier", host: "127.0.0.1", port: 9, transport: "udp" as const, register: false, maxLines: 1 };
beforeAll(async () => void (journey = await startJourney({ allowHosts: ["127.0.0.1", "crm.office.local"], trunks: [trunk] })));
afterAll(() => journey?.stop());

test("rows that two imports did not take stand under their imports, with lines and reasons", async () => {
  const { api } = journey.server;
  const { campaigns } = await api<{ campaigns: { id: string }[] }>("GET", "/api/campaigns");
  const id = campaigns[0]?.id ?? (await api<{ id: string }>("POST", "/api/campaigns", { title: "Опрос", strategy: "nps-campaign", consent: "Договор" })).id;
  const load = (csv: string) => api("POST", `/api/campaigns/${id}/contacts`, { csv, mapping: { phone: "phone" } });
  await load("phone,name\n+79160001001,Анна\nне номер,Пётр");
  await load("phone,name\n+79160001002,Ольга\n\n12,Короткий\n+79160001003,Иван\n,Пустой");
  const first = await api<{ errors: { line: number }[]; next: number | null }>("GET", `/api/campaigns/${id}/errors?limit=2`);
  const rest = await api<{ errors: { line: number }[]; next: number | null }>("GET", `/api/campaigns/${id}/errors?limit=2&after=${first.next}`);
  expect([...first.errors, ...rest.errors].map(({ line }) => line)).toEqual([3, 4, 6]);
  const page = await journey.open(`/campaigns/${id}`);
  await page.getByRole("tab", { name: "Непринятые строки" }).click();
  const imports = page.locator("section[data-import]");
  await imports.nth(1).waitFor();
  expect(await imports.count()).toBe(2);
  expect(await imports.nth(0).locator("tbody tr").count()).toBe(1);
  expect(await imports.nth(1).locator("tbody tr").count()).toBe(2);
  expect(await imports.nth(0).innerText()).toContain("не номер");
  expect(journey.errors).toEqual([]);
});

test("settings say who allowed a private host, and why a trunk fails", async () => {
  const page = await journey.open("/settings/about");
  const host = page.locator("[data-host='crm.office.local']");
  await host.waitFor();
  expect(await host.innerText()).toContain("SUFLER_ALLOW_HOSTS");
  const known = async () => (await journey.server.api<{ trunks: { state: string; reason?: string }[] }>("GET", "/api/settings")).trunks[0]!;
  await page.waitForTimeout(10_000);
  await eventually("the trunk to be found silent", async () => (await known()).state === "failing");
  await page.reload();
  const line = page.locator("[data-trunk=carrier]");
  await line.waitFor();
  const { reason } = await known();
  expect(reason).toBeTruthy();
  expect(await line.innerText()).toContain(reason);
});
