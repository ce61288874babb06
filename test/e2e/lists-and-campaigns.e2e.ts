import { afterAll, beforeAll, expect, test } from "vitest";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

test("a list: made, a number added with a reason and days, found, removed", async () => {
  const page = await journey.open("/lists");
  await page.getByRole("button", { name: "Новый список" }).click();
  await page.getByLabel("Название").fill("Хулиганы");
  await page.getByRole("button", { name: "Создать" }).click();
  await page.waitForURL(/\/lists\/huligany/);
  await page.getByLabel("Номер", { exact: true }).fill("8 (900) 123-45-67");
  await page.getByLabel("Причина", { exact: true }).fill("дышит в трубку");
  await page.getByLabel("На дней").fill("30");
  await page.getByRole("button", { name: "Добавить" }).click();
  await page.getByRole("cell", { name: "+79001234567", exact: true }).waitFor();
  await page.getByRole("cell", { name: "дышит в трубку" }).waitFor();
  await page.getByLabel("Номер или причина").fill("999");
  await page.getByText("Ничего не нашлось").waitFor();
  await page.getByLabel("Номер или причина").fill("");
  await page.getByRole("button", { name: "Убрать +79001234567" }).click();
  await page.getByText("Список пуст").waitFor();
});

test("a campaign: no consent, no campaign; a table with bad rows is taken in part and explained", async () => {
  const page = await journey.open("/campaigns", { language: "en" });
  await page.getByRole("button", { name: "New campaign" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title").fill("Autumn survey");
  await dialog.getByRole("combobox", { name: "Strategy" }).or(dialog.getByLabel("Strategy")).first().click();
  await page.getByRole("option").first().click();
  expect(await dialog.getByRole("button", { name: "Create" }).isDisabled()).toBe(true);
  await dialog.getByLabel("Consent basis").fill("Contract of 2026, clause 4");
  await dialog.getByText("leaves 1 h a day for a mobile number of unknown region: 10:00–11:00 (Europe/Moscow)").waitFor();
  await dialog.getByRole("textbox", { name: "from", exact: true }).fill("10:00");
  await dialog.getByText("leaves no time for a mobile number of unknown region").waitFor();
  await dialog.getByLabel("Use the campaign time zone for all contacts (Europe/Moscow)").check();
  await dialog.getByRole("button", { name: "Retries" }).click();
  await dialog.getByLabel("Maximum attempts in 24 hours").fill("2");
  await dialog.getByLabel("Instead of a 24-hour wait, hours").fill("27, 29,");
  const shiftAfter = dialog.getByRole("combobox", { name: "Call in another part of the day after" });
  await shiftAfter.scrollIntoViewIfNeeded();
  await shiftAfter.press("ArrowDown");
  await page.getByRole("option", { name: "no answer" }).click();
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/\/campaigns\/./);
  const { campaign } = await journey.server.api<{ campaign: object }>("GET", `/api${new URL(page.url()).pathname}`);
  expect(campaign).toMatchObject({
    windowFrom: "10:00",
    zoneOf: "campaign",
    audience: "consumer",
    consentKind: "given",
    retry: { perDay: 2, spreadHours: [27, 29], shiftAfter: ["noAnswer"] },
  });
  await page.getByRole("button", { name: "Edit" }).click();
  expect(await dialog.getByLabel("Maximum attempts in 24 hours").inputValue()).toBe("2");
  expect(await dialog.getByLabel("Use the campaign time zone for all contacts").isChecked()).toBe(true);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Import contacts" }).click();
  await page
    .getByLabel("Or paste rows")
    .fill("Телефон;ФИО;Город\n8 (900) 123-45-67;Анна;Омск\n+7 901 000 00 01;Борис;Тверь\nне номер;Вера;Уфа\n;Глеб;Уфа\n89001234567;Анна ещё раз;Омск");
  await page.getByRole("dialog").getByRole("button", { name: "Next" }).click();
  await page.getByRole("columnheader", { name: "Город" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Import" }).click();
  await page.getByText("Added: 2. Already in the list: 0. Rejected: 3.").waitFor();
  await page.getByRole("cell", { name: "“не номер” is not a phone number" }).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("cell", { name: "+79010000001" }).waitFor();
  expect(await page.getByText("not called yet").locator("..").locator("span").textContent()).toBe("2");
  expect(journey.errors).toEqual([]);
});

test("opening hours are a form; a saved change is there after a reload", async () => {
  const page = await journey.open("/settings/calendars", { scheme: "dark" });
  await page.getByLabel("понедельник с", { exact: true }).fill("8");
  await page.getByLabel("понедельник до", { exact: true }).fill("19:30");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await page.getByText("Часы сохранены").waitFor();
  await page.reload();
  await page.getByLabel("понедельник с", { exact: true }).waitFor();
  expect(await page.getByLabel("понедельник с", { exact: true }).inputValue()).toBe("08:00");
});

test("every screen opens in both languages and both themes without a word missing or a page wider than the window", async () => {
  for (const language of ["ru", "en"] as const) {
    const page = await journey.open("/library", { language, scheme: language === "ru" ? "dark" : "light" });
    for (const path of [
      "/library",
      "/flows",
      "/flows/main-menu",
      "/calls",
      "/desk",
      "/campaigns",
      "/lists",
      "/settings",
      "/settings/calendars",
      "/settings/recordings",
      "/settings/about",
    ]) {
      await page.goto(journey.server.url + path);
      await page.locator("h1, .react-flow").first().waitFor();
      await page.waitForTimeout(250);
      const text = await page.locator("body").innerText();
      expect(text.match(/\b(?:common|error|flow|calls|desk|campaigns|lists|settings|about|exit|kind)\.[a-z][A-Za-z.]+\b/g) ?? [], path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path).toBe(true);
    }
    await page.context().close();
  }
  expect(journey.errors).toEqual([]);
});
