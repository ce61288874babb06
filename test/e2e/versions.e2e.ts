import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flow } from "../../flows/schema/flow.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

type Details = { document: Flow; revision: number };

/** A published flow whose draft says something else, asks less often and has a node more. */
async function editedFlow(): Promise<string> {
  const { api } = journey.server;
  const { id } = await api<{ id: string }>("POST", "/api/templates/main-menu/clone", { id: "compared" });
  const { document, revision } = await api<Details>("GET", `/api/flows/${id}`);
  await api("POST", `/api/flows/${id}/publish`, { revision });
  document.nodes["choose"]!.config["attempts"] = 1;
  document.nodes["pause"] = { type: "wait", config: {}, exits: { next: "choose" } };
  document.layout["pause"] = [0, 400];
  await api("PUT", `/api/flows/${id}`, { document, revision });
  return id;
}

test("what differs from the live version is listed in words, marked on the canvas, and a click shows the card", async () => {
  const id = await editedFlow();
  const page = await journey.open(`/flows/${id}`);
  await page.getByRole("tab", { name: "История" }).click();
  const panel = page.getByLabel("Сравнение версий");
  await panel.getByText("2 отличия").waitFor();
  const field = panel.locator("[data-kind=node-config]");
  expect(await field.innerText()).toContain("Попыток: было 2, стало 1");
  expect(await panel.locator("[data-kind=node-added]").innerText()).toContain("Добавлен узел pause");
  await field.click();
  await page.locator("[data-node=choose][data-selected]").waitFor();
  expect(await page.locator("[data-node=choose]").getAttribute("data-changed")).toBe("changed");

  await panel.getByLabel("Стало").click();
  await page.getByRole("option", { name: "Версия 1, в работе" }).click();
  await panel.getByText("Отличий нет").waitFor();
  expect(await page.locator("[data-changed]").count()).toBe(0);

  const english = await journey.open(`/flows/${id}`, { language: "en", scheme: "dark" });
  await english.getByRole("tab", { name: "History" }).click();
  await english.getByLabel("Compare versions").getByText("Attempts: was 2, now 1").waitFor();
  expect(journey.errors).toEqual([]);
});
