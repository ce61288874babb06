import { afterAll, beforeAll, expect, test } from "vitest";
import { outsideServer } from "../runtime/house.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
let outside: Awaited<ReturnType<typeof outsideServer>>;
beforeAll(async () => {
  journey = await startJourney();
  outside = await outsideServer();
});
afterAll(async () => {
  await outside?.close();
  await journey?.stop();
});

test("a table: made, filled from a file with a bad row, a cell changed", async () => {
  const page = await journey.open("/settings/tables");
  await page.getByRole("button", { name: "Новая таблица" }).click();
  await page.getByRole("dialog").getByLabel("Название").fill("Цены");
  await page.getByRole("dialog").getByRole("button", { name: "Создать" }).click();
  await page.getByText("Строк пока нет").waitFor();
  await page.getByRole("button", { name: "Загрузить CSV" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("артикул;price\ntea;120\n;5\nrum;9");
  await dialog.getByRole("button", { name: "Дальше" }).click();
  await dialog.getByRole("button", { name: "Загрузить", exact: true }).click();
  await dialog.getByText("Загружено строк: 2. Не взято: 1.").waitFor();
  await dialog.getByText("нет ключа").waitFor();
  await dialog.getByRole("button", { name: "Готово" }).click();
  await page.getByRole("button", { name: "tea", exact: true }).click();
  await dialog.getByLabel("price").fill("130");
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await page.getByRole("cell", { name: "130" }).waitFor();
  const { rows } = await journey.server.api<{ rows: { key: string; values: object }[] }>("GET", "/api/tables/ceny/rows");
  expect(rows.map(({ key, values }) => ({ key, values }))).toEqual([
    { key: "rum", values: { price: 9 } },
    { key: "tea", values: { price: 130 } },
  ]);
});

test("a switch: made, turned with one click, and it says when", async () => {
  const page = await journey.open("/settings/switches", { scheme: "dark" });
  await page.getByLabel("Новый переключатель").fill("Ночной режим");
  await page.getByRole("button", { name: "Создать" }).click();
  const row = page.getByRole("row").filter({ hasText: "Ночной режим" });
  await row.getByText("ещё не трогали").waitFor();
  await row.getByRole("switch", { name: "Ночной режим" }).click({ force: true });
  await row.getByText("· вручную").waitFor();
  const { switches } = await journey.server.api<{ switches: { title: { ru?: string }; on: boolean }[] }>("GET", "/api/switches");
  expect(switches.find((each) => each.title.ru === "Ночной режим")?.on).toBe(true);
});

test("a gateway: configured, tried, and the message is in the outbox", async () => {
  const page = await journey.open("/settings/messages", { language: "en" });
  await page.getByRole("button", { name: "Configure" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("URL").fill(`${outside.url}/send`);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByLabel("Test message").fill("+79990000001");
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.getByText("sent", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("cell", { name: "+79990000001" }).waitFor();
  expect(JSON.parse(outside.asked[0]!.body)).toMatchObject({ channel: "sms", to: "+79990000001" });
});

test("a connector to the demo clients is tried; a contact is written and found by its group", async () => {
  const page = await journey.open("/settings/connectors");
  await page.getByRole("button", { name: "Новое подключение" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Название").fill("Пробные");
  await dialog.getByLabel("Вид").first().click();
  await page.getByRole("option", { name: "Демо: клиенты для пробы" }).click();
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await page.getByRole("button", { name: "Найти", exact: true }).click();
  await page.getByText("Анна Петрова").waitFor();
  await page.goto(`${journey.server.url}/lists/~contacts`);
  await page.getByRole("button", { name: "Новый контакт" }).click();
  await dialog.getByLabel("Номер").fill("8 (999) 000-00-07");
  await dialog.getByLabel("Имя", { exact: true }).fill("Вера");
  await dialog.getByLabel("Группы").first().fill("vip");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await page.getByRole("cell", { name: "+79990000007", exact: true }).waitFor();
  await page.getByLabel("Группа").first().click();
  await page.getByRole("option", { name: "vip · 1" }).click();
  await page.getByRole("cell", { name: "vip", exact: true }).waitFor();

  // Many at once, from a table.
  await page.getByRole("button", { name: "Загрузить CSV" }).click();
  await dialog.getByLabel("Или вставьте строки").fill("Телефон;Имя;Город\n89990000008;Олег;Тверь\nнет;Пётр;");
  await dialog.getByRole("button", { name: "Дальше" }).click();
  await dialog.getByLabel("Добавить всех в группу").fill("осень");
  await dialog.getByRole("button", { name: "Загрузить" }).click();
  await dialog.getByText("Загружено: 1. Не подошло: 1.").waitFor();
  await dialog.getByText(/Строка 3/).waitFor();
  await dialog.getByRole("button", { name: "Готово" }).click();
  await page.getByLabel("Группа").first().click();
  await page.getByRole("option", { name: "осень · 1" }).click();
  await page.getByRole("cell", { name: "+79990000008", exact: true }).waitFor();
  expect(journey.errors).toEqual([]);
});
