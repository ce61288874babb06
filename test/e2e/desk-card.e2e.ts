import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { shot, startJourney, type Journey } from "./browser.ts";

/** A card on the desk: it outlives its call, belongs to one window, checks what is typed and shows words, not names. */
let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey?.stop());

async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Первая линия версия/ }).click();
  await page.locator("[data-field=name]").waitFor();
}

test("the client's number is checked before the talk and fills the first telephone field; a wrong one is marked, not lost", async () => {
  const page = await journey.open("/desk");
  await page.getByLabel("Номер клиента").fill("не номер");
  await page.getByRole("button", { name: /Первая линия версия/ }).click();
  await page.getByText("«не номер» — не номер телефона").waitFor();
  await shot(page, "desk-bad-caller");
  await page.getByLabel("Номер клиента").fill("8 916 123-45-67");
  await begin(page);
  await page.getByText("+79161234567").waitFor();
  await page.locator("[data-field=name]").fill("Анна");
  await page.getByRole("button", { name: /Хочу пожаловаться/ }).click();
  await page.locator("[data-field=harm]").waitFor();
  const digest = await page.getByRole("complementary").innerText();
  expect(digest).toContain("Хочу пожаловаться");
  expect(digest).not.toMatch(/complaint|reason/);
  await shot(page, "desk-words");
  await page.locator("[data-field=harm]").fill("разбили вазу");
  await page.locator("[data-field=deadline]").selectOption({ index: 1 });
  await page.getByRole("button", { name: /Обещаем ответ/ }).click();
  const phone = page.locator("[data-field=phone]");
  await phone.waitFor();
  expect(await phone.inputValue()).toBe("+79161234567");
  await phone.fill("12-34-56-78-90-12-34");
  await page.getByRole("button", { name: /Верно/ }).click();
  await page.getByText("Это не номер телефона").waitFor();
  await shot(page, "desk-bad-phone");
  await phone.fill("8 495 123-45-67");
  await page.getByRole("button", { name: /Верно/ }).click();
  await page.locator("[data-kind=disposition]").waitFor();
  const { runs } = await journey.server.api<{ runs: { result: Record<string, unknown> }[] }>("GET", "/api/desk/runs");
  expect(runs[0]!.result["phone"]).toBe("+74951234567");
  expect(journey.errors).toEqual([]);
});

test("a digit that is held down answers once and does not land in the field of the next step", async () => {
  const page = await journey.open("/desk");
  await begin(page);
  await page.locator("[data-field=name]").fill("Анна");
  await page.locator("[data-field=name]").blur();
  const steps: string[] = [(await page.locator("article").getAttribute("data-node")) ?? ""];
  await page.keyboard.down("2");
  await page.waitForFunction((first) => document.querySelector("article")?.getAttribute("data-node") !== first, steps[0]);
  for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down("2");
  await page.keyboard.up("2");
  const values = await page.locator("article input, article textarea").evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
  expect(values.join("")).not.toContain("2");
  // Alt and the arrow go back from inside a field, Backspace from an empty one.
  await page.keyboard.press("Alt+ArrowLeft");
  await page.locator("[data-field=name]").waitFor();
  await page.locator("[data-field=name]").fill("");
  await page.keyboard.press("Backspace");
  expect(await page.locator("[data-field=name]").isVisible()).toBe(true);
  expect(journey.errors).toEqual([]);
});

test("after F9 the card stays; left unfinished it says so here and among the calls", async () => {
  const page = await journey.open("/desk");
  await begin(page);
  await page.locator("[data-field=name]").fill("Пётр");
  await page.keyboard.press("F9");
  await page.getByText("Клиент положил трубку").waitFor();
  await shot(page, "desk-gone");
  await page.getByRole("button", { name: "Оставить незаконченной" }).click();
  await shot(page, "desk-leave");
  await page.getByRole("dialog").getByRole("button", { name: "Оставить незаконченной" }).click();
  await page.getByRole("heading", { name: "Карточка закрыта без итога" }).waitFor();
  await shot(page, "desk-left");
  const calls = await journey.open("/calls");
  await calls.getByText("карточку оставили").first().waitFor();
  expect(journey.errors).toEqual([]);
});

test("two windows: the second reads until it takes the card over; the first is then told", async () => {
  const first = await journey.open("/desk");
  await begin(first);
  await first.locator("[data-field=name]").fill("Ольга");
  await first.waitForTimeout(600);
  const second = await journey.open(new URL(first.url()).pathname);
  await second.getByText("Карточка открыта в другом окне").waitFor();
  expect(await second.locator("[data-field=name]").inputValue()).toBe("Ольга");
  await shot(second, "desk-held");
  await second.getByRole("button", { name: "Забрать себе" }).click();
  await second.getByText("Карточка открыта в другом окне").waitFor({ state: "detached" });
  await second.locator("[data-field=name]").fill("Ольга Ивановна");
  await second.waitForTimeout(600);
  await first.locator("[data-field=name]").fill("Чужое");
  await first.getByText("Карточка открыта в другом окне").first().waitFor();
  const runs = await journey.server.api<{ runs: { shown: { step: { values: Record<string, unknown> } } | null }[] }>("GET", "/api/desk/runs");
  expect(JSON.stringify(runs)).toContain("Ольга Ивановна");
  expect(JSON.stringify(runs)).not.toContain("Чужое");
});
