import { afterAll, beforeAll, expect, test } from "vitest";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startJourney, type Journey } from "./browser.ts";

let data: string;
let journey: Journey;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "sufler-desk-"));
  journey = await startJourney({ data });
});
afterAll(async () => {
  await journey?.stop();
  await rm(data, { recursive: true, force: true });
});

/** The digit that begins the first line's script, once it is on the screen. */
async function keyOf(page: Page): Promise<string> {
  const script = page.getByRole("button", { name: /Первая линия версия/ });
  await script.waitFor();
  return (await script.locator("kbd").innerText()).trim();
}

test("a script that goes on from a menu opens at what the caller has told already", async () => {
  const page = await journey.open("/desk");
  const row = page.locator("div", { has: page.getByRole("button", { name: /Секретарь: рабочее место/ }) }).last();
  await row.getByRole("button", { name: "Вписать, что уже известно" }).click();
  const form = page.getByRole("dialog");
  for (const [label, text] of [
    ["Имя звонящего", "Илья"],
    ["Дело", "договор аренды"],
    ["Кто нужен", "Анна Петрова"],
    ["Добавочный", "101"],
    ["Номер сотрудника", "1101"],
  ] as const)
    await form.getByLabel(label).fill(text);
  await form.getByRole("button", { name: "Начать" }).click();
  await page.getByText(/Минуту, Илья, узнаю|Сейчас в офисе никого/).waitFor();
  expect(journey.errors).toEqual([]);
});

test("a talk by keyboard only: fields, Backspace, reload in the middle, resume, disposition, a clean next one", async () => {
  const page = await journey.open("/desk");
  const key = await keyOf(page);
  await page.keyboard.press(key);
  await page.waitForURL(/\/desk\/./);
  await page.locator("[data-field=name]").waitFor();

  // The cursor is in the empty required field: a digit is text there, Alt+digit answers, and the field is asked for.
  await page.keyboard.press("Alt+1");
  await page.getByText("Нужно заполнить").waitFor();
  await page.keyboard.type("Анна");
  await page.keyboard.press("Alt+1");
  await page.getByText("Анна, доставка по городу").waitFor();
  const first = page.url();

  // Back loses nothing.
  await page.keyboard.press("Backspace");
  await page.locator("[data-field=name]").waitFor();
  expect(await page.locator("[data-field=name]").inputValue()).toBe("Анна");
  await page.keyboard.press("f");
  await page.keyboard.press("End");
  await page.keyboard.type(" Петровна");
  await page.waitForTimeout(120);

  // Reload in the middle: the card and the text are there, typed a moment ago or not.
  await page.reload();
  await page.locator("[data-field=name]").waitFor();
  expect(await page.locator("[data-field=name]").inputValue()).toBe("Анна Петровна");

  // The list of keys.
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Назад, ничего не теряя").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  // No scrolling on a normal step at 1366×768.
  expect(
    await page.evaluate(() =>
      [...document.querySelectorAll("main *")].some(
        (element) => element.scrollHeight > element.clientHeight + 2 && getComputedStyle(element).overflowY === "auto",
      ),
    ),
  ).toBe(false);

  await page.keyboard.press("1");
  await page.getByText("Анна Петровна, доставка").waitFor();
  await page.keyboard.press("k");
  await page.getByText("по области — два-три дня").waitFor();
  await page.keyboard.press("1");
  await page.locator("[data-kind=disposition]").waitFor();
  await page.keyboard.press("F9");
  await page.getByText("Клиент положил трубку").waitFor();
  await page.keyboard.press("Alt+1");
  await page.getByRole("heading", { name: "Разговор записан" }).waitFor();
  expect(page.url()).toBe(first);

  // The next one starts clean.
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/desk$/);
  await page.keyboard.press(await keyOf(page));
  await page.locator("[data-field=name]").waitFor();
  expect(await page.locator("[data-field=name]").inputValue()).toBe("");
  expect(journey.errors).toEqual([]);
});

test("an unfinished talk survives a restart of the server and is offered again", async () => {
  const page = await journey.open("/desk");
  await page.keyboard.press(await keyOf(page));
  await page.locator("[data-field=name]").waitFor();
  await page.keyboard.type("Борис");
  await page.waitForTimeout(700);
  const path = new URL(page.url()).pathname;
  await journey.stop();
  journey = await startJourney({ data });
  const again = await journey.open("/desk");
  await again.locator("[data-resume]").first().waitFor();
  await again.goto(journey.server.url + path);
  await again.locator("[data-field=name]").waitFor();
  expect(await again.locator("[data-field=name]").inputValue()).toBe("Борис");
});

test("the talk is among the calls with its outcome, path and journal", async () => {
  const { calls } = await journey.server.api<{ calls: { id: string; endedAt: number | null }[] }>("GET", "/api/calls?limit=10");
  const call = calls.find((row) => row.endedAt !== null)!;
  const page = await journey.open(`/calls/${call.id}`);
  await page.locator("[data-visited]").first().waitFor();
  await page.getByText("рабочее место", { exact: true }).waitFor();
  await page.getByRole("tab", { name: "Журнал" }).click();
  await page.getByRole("cell", { name: "вошли" }).first().waitFor();
  await page.getByRole("button", { name: "Сделать тестом" }).click();
  await page.getByText("Тест сохранён").waitFor();
});
