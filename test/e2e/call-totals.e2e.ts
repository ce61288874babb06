import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";
import { libraryCalls, storeCalls } from "../reports/library-calls.ts";
import { startJourney, type Journey } from "./browser.ts";

/** Totals on the screen of calls: they add up before your eyes, and a row opens as many calls as it says. */
let data: string;
let journey: Journey;
let calls: number;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "sufler-totals-"));
  const store = await sqliteStore(join(data, "sufler.sqlite"), readStoredFlow);
  calls = await storeCalls(store, libraryCalls("main-menu"), 3, Date.now() - 60_000);
  await storeCalls(store, libraryCalls("first-line"), 1, Date.now() - 60_000);
  await store.close();
  journey = await startJourney({ data, demo: false });
});
afterAll(async () => {
  await journey?.stop();
  await rm(data, { recursive: true, force: true });
});

const figure = (text: string): number => Number(text.replace(/\D/g, ""));

test("each table adds up to the calls on top; a row opens its calls, and the way back is one click", async () => {
  const page = await journey.open("/calls");
  await page.getByPlaceholder("Любой сценарий").click();
  await page.getByRole("option", { name: "Главное меню" }).click();
  await page.getByRole("tab", { name: "Итоги" }).click();
  await page.getByText("Закончившихся звонков").waitFor();
  await expect.poll(async () => figure(await page.locator("[data-total]").innerText())).toBe(calls);
  for (const title of ["Чем обернулись", "С чем звонили", "Итоги сценария"]) {
    const table = page.getByRole("region", { name: title });
    const rows = await table.locator("[data-calls]").allInnerTexts();
    expect(rows.map(figure).reduce((sum, each) => sum + each, 0)).toBe(calls);
    expect(figure(await table.locator("[data-sum]").innerText())).toBe(calls);
  }
  const row = page.getByRole("region", { name: "С чем звонили" }).locator("[data-row]", { hasText: "Продажи" });
  const said = figure(await row.locator("[data-calls]").innerText());
  expect(said).toBeGreaterThan(0);
  // By keyboard: Tab reaches the rows, Enter opens one.
  await row.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await page.getByText("Только: Продажи").waitFor();
  await page.getByText(new RegExp(`^${said} звонк`)).waitFor();
  await page.getByRole("button", { name: "Показать все звонки" }).click();
  await page.getByText(new RegExp(`^${calls} звонк`)).waitFor();
  expect(journey.errors).toEqual([]);
});

test("days without calls say so; a server that fails says what to do", async () => {
  const page = await journey.open("/calls", { language: "en" });
  await page.getByRole("tab", { name: "Totals" }).click();
  await page.getByText("Reached an operator").waitFor();
  await page.getByLabel("From", { exact: true }).fill("2030-01-01");
  await page.getByText("No calls in this period").waitFor();
  await page.route("**/api/calls/totals*", (route) =>
    route.fulfill({ status: 500, json: { error: { code: "bug", message: { en: "an internal error", ru: "ошибка" } } } }),
  );
  await page.reload();
  await page.getByRole("tab", { name: "Totals" }).click();
  await page.getByRole("alert").getByRole("button").waitFor();
});
