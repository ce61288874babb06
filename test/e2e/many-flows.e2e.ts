import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flow } from "../../flows/schema/flow.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
const many = 10_000;
beforeAll(async () => {
  journey = await startJourney({ demo: false });
  const flow = (n: number) => ({
    sufler: 2,
    id: `flow-${n}`,
    kind: "ivr",
    title: { ru: `Сценарий номер ${n}` },
    languages: ["ru"],
    inputs: {},
    variables: {},
    outcomes: [],
    prompts: {},
    start: "start",
    nodes: { start: { type: "start", config: {}, exits: { next: "end" } }, end: { type: "hangup", config: {}, exits: {} } },
    parts: {},
    layout: { start: [0, 0] },
  });
  for (let from = 0; from < many; from += 50)
    await Promise.all(Array.from({ length: 50 }, (_, index) => journey.server.api("POST", "/api/flows", { document: flow(from + index) as unknown as Flow })));
}, 240_000);
afterAll(() => journey?.stop());

test("10,000 flows: the API pages through all of them once, the screen shows a page, more of it, and finds the oldest", async () => {
  const seen = new Set<string>();
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: { flows: { id: string }[]; next: string | null } = await journey.server.api("GET", `/api/flows?limit=700${cursor ? `&cursor=${cursor}` : ""}`);
    for (const { id } of page.flows) expect(seen.has(id) || !seen.add(id)).toBe(false);
    cursor = page.next;
  }
  expect(seen.size).toBe(many);
  const page = await journey.open("/flows");
  const rows = page.locator("tbody tr");
  await rows.first().waitFor();
  expect(await rows.count()).toBe(100);
  await page.getByRole("button", { name: "Показать ещё" }).click();
  await rows.nth(199).waitFor();
  await page.getByLabel("Поиск").or(page.getByLabel("Найти")).first().fill("НОМЕР 0");
  await page.getByRole("link", { name: "Сценарий номер 0", exact: true }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/./).last().fill("номер 77");
  await page
    .getByRole("button", { name: /Сценарий номер 77( |$)/ })
    .or(page.locator(".mantine-Spotlight-action", { hasText: "Сценарий номер 77" }))
    .first()
    .waitFor();
  await page.goto(`${journey.server.url}/calls`);
  await page.getByRole("combobox", { name: "Сценарий" }).or(page.getByLabel("Сценарий")).first().fill("номер 9999");
  await page.getByRole("option", { name: "Сценарий номер 9999" }).waitFor();
  expect(await page.getByRole("option").count()).toBeLessThanOrEqual(100);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url().replace(journey.server.url, "")));
  await journey.server.api("POST", "/api/flows/flow-4321/publish", { revision: 1 });
  await page.goto(`${journey.server.url}/settings/numbers`);
  await page.getByRole("combobox", { name: "Сценарий" }).click();
  await page.getByRole("option", { name: "Сценарий номер 4321" }).click();
  await page.getByLabel("Номер", { exact: true }).fill("1000");
  await page.getByRole("button", { name: "Привязать" }).click();
  await page.getByRole("link", { name: "Сценарий номер 4321" }).waitFor();
  await page.goto(`${journey.server.url}/campaigns`);
  await page.getByRole("button", { name: "Новый обзвон" }).first().click();
  await page.getByRole("combobox", { name: "Стратегия" }).click();
  await page.getByText(/Нет опубликованных стратегий/).waitFor();
  const flowLists = asked.filter((url) => /^\/api\/flows(\?|$)/.test(url));
  expect(flowLists.length).toBeGreaterThan(2);
  for (const url of flowLists) expect(url).toMatch(/[?&]limit=\d+/);
  expect(journey.errors).toEqual([]);
});
