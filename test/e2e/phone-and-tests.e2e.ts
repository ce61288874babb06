import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

const say = (prompt: string, next: string) => ({ type: "say", config: { prompt }, exits: { next } });
const words = (ru: string) => ({ ru: { text: ru } });
/** At night it says so; by day it asks, and sells or tells the price of tea. */
const nightOrDay = {
  sufler: 1,
  id: "night-or-day",
  kind: "ivr",
  title: { ru: "Ночь и день", en: "Night and day" },
  languages: ["ru"],
  outcomes: ["slept", "sold", "told", "left"],
  prompts: {
    asleep: words("Мы спим."),
    ask: words("Купить или узнать цену?"),
    sold: words("Продано."),
    price: words("Чай стоит {{ vars.row.price }} рублей."),
    bye: words("До свидания."),
  },
  variables: { row: { type: "map" } },
  start: "night",
  nodes: {
    night: { type: "manual-switch", title: "Ночной режим", config: { switch: "night" }, exits: { on: "asleep", off: "ask" } },
    asleep: say("asleep", "slept"),
    ask: {
      type: "menu",
      title: "Вопрос",
      config: {
        prompt: "ask",
        attempts: 1,
        choices: [
          { key: "1", value: "buy", label: { ru: "купить", en: "buy" }, phrases: "купить, покупаю" },
          { key: "2", value: "price", label: { ru: "цена", en: "price" }, phrases: "цена" },
        ],
      },
      exits: { "1": "sold", "2": "look", noInput: "bye", invalid: "bye", error: "bye" },
    },
    look: {
      type: "table",
      title: "Цена чая",
      config: { table: "prices", action: "lookup", key: "'tea'", saveAs: "row" },
      exits: { found: "tell", notFound: "bye", error: "bye" },
    },
    tell: say("price", "told"),
    sold: say("sold", "done"),
    bye: say("bye", "left"),
    slept: { type: "hangup", config: { outcome: "slept" } },
    done: { type: "hangup", config: { outcome: "sold" } },
    told: { type: "hangup", config: { outcome: "told" } },
    left: { type: "hangup", config: { outcome: "left" } },
  },
  layout: {},
};

test("a switch, a row and a word change the call; missing paths become tests and coverage rises", async () => {
  const { api } = journey.server;
  await api("POST", "/api/flows", { document: nightOrDay });
  const page = await journey.open(`/flows/${nightOrDay.id}`);
  await page.getByRole("tab", { name: "Телефон" }).click();
  await page.getByRole("switch", { name: "Переключатель «night»" }).click({ force: true });
  await page.getByRole("button", { name: "Позвонить" }).click();
  await page.getByText("сразу", { exact: true }).click();
  const talk = page.getByRole("log");
  await talk.getByText("Мы спим.").waitFor();
  await page.locator("[data-testid=phone-state][data-state=ended]").waitFor();

  // What is saved as a test keeps the switch, and passes on the command line's player.
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Сохранить как тест" }).click();
  const parsed = parseConversation(JSON.parse(await readFile(await (await download).path(), "utf8")));
  const saved = (parsed as { conversation: Conversation }).conversation;
  expect(saved.given.switches).toEqual({ night: true });
  expect(runConversation(parseFlow(JSON.stringify(nightOrDay)).flow!, saved).failures).toEqual([]);

  // By day: a broken row says so, a good one is heard; the question is answered in words.
  await page.getByRole("tab", { name: "Условия" }).click();
  await page.getByRole("switch", { name: "Переключатель «night»" }).click({ force: true });
  const rows = page.getByRole("textbox", { name: "Таблица «prices»" });
  await rows.fill('{"tea": {"price": 120}');
  await page.getByText("Это не JSON").waitFor();
  await rows.fill('{"tea": 120}');
  await page.getByText("Не подходит «tea»").waitFor();
  await rows.fill('{"tea": {"price": 120}}');
  await page.getByRole("button", { name: "Ещё раз" }).click();
  await page.getByText("сразу", { exact: true }).click();
  await page.getByLabel("Сказать словами").fill("цена");
  await page.keyboard.press("Enter");
  await talk.getByText("«цена»").waitFor();
  await talk.getByText("Чай стоит 120 рублей.").waitFor();

  // Shift and a click on the question: back there, and on differently.
  await talk.getByText("Купить или узнать цену?").click({ modifiers: ["Shift"] });
  await talk.getByText("Чай стоит 120 рублей.").waitFor({ state: "detached" });
  await page.getByLabel("Сказать словами").fill("купить");
  await page.keyboard.press("Enter");
  await talk.getByText("Продано.").waitFor();
  await page.getByRole("tab", { name: "Сервисы" }).click();
  await page.getByRole("combobox", { name: "Таблица «prices»" }).waitFor();

  await page.getByRole("tab", { name: "Тесты" }).click();
  await page.getByRole("button", { name: "Прогнать все" }).click();
  const coverage = page.getByTestId("coverage");
  const exits = async () => Number(await coverage.getAttribute("data-exits"));
  await coverage.waitFor();
  const before = await exits();
  await page.getByRole("button", { name: "Найти недостающие пути" }).click();
  await page.locator("[data-testid=paths-state][data-state=done]").waitFor();
  const found = page.locator("[data-found]");
  expect(await found.count()).toBeGreaterThan(2);
  await found.first().getByRole("button", { name: "Добавить", exact: true }).click();
  await found.first().getByText("добавлен").waitFor();
  await page.waitForFunction((was) => Number(document.querySelector("[data-testid=coverage]")?.getAttribute("data-exits")) > was, before);
  const one = await exits();
  await page.getByRole("button", { name: /Добавить все/ }).click();
  await page.waitForFunction((was) => Number(document.querySelector("[data-testid=coverage]")?.getAttribute("data-exits")) > was, one);
  expect(await page.locator("[data-passed=false]").count()).toBe(0);

  // The tests are the flow's: another person, in another browser, has them as well.
  const count = await page.locator("[data-passed]").count();
  const other = await journey.open(`/flows/${nightOrDay.id}`, { language: "en" });
  await other.getByRole("tab", { name: "Tests" }).click();
  await other.getByRole("button", { name: "Run all" }).click();
  await other.getByTestId("coverage").waitFor();
  expect(await other.locator("[data-passed=true]").count()).toBe(count);
  await other.close();

  await page.getByRole("button", { name: "Случайные звонящие" }).click();
  await page.getByText("200 случайных звонящих · набор 1").waitFor();
  await page.getByRole("row", { name: /Чем кончилось/ }).waitFor();
  expect(journey.errors).toEqual([]);
});

test("hundreds of tests run beside the page, tell how far they are, and stop at a click; what a browser kept goes to the server", async () => {
  const { api } = journey.server;
  type Kept = { tests: { conversation: Conversation }[] };
  const { tests } = await api<Kept>("GET", "/api/flows/status-self-service/tests");
  const conversations = Array.from({ length: 10 }, () => tests.map((each) => each.conversation)).flat();
  await api("POST", "/api/flows/status-self-service/tests", { conversations });
  const page = await journey.open("/flows/status-self-service");
  await page.evaluate(() =>
    localStorage.setItem("sufler.tests.status-self-service", JSON.stringify([{ title: "Из браузера", talk: [{ hangup: true }], expect: {} }])),
  );
  await page.getByRole("tab", { name: "Тесты" }).click();
  await page.getByText("Из браузера").waitFor();
  expect(await page.evaluate(() => localStorage.getItem("sufler.tests.status-self-service"))).toBeNull();
  // Stopped from inside the page as soon as the first are told: a fast machine is done before a click comes from outside.
  const stopped = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const look = () => {
          const told = /Идёт: [1-9]\d* из \d+/.test(document.querySelector("[data-testid=tests-state]")?.textContent ?? "");
          const stop = [...document.querySelectorAll("button")].find((button) => button.textContent?.includes("Остановить"));
          if (!told || !stop) return void requestAnimationFrame(look);
          stop.click();
          resolve();
        };
        look();
      }),
  );
  await page.getByRole("button", { name: "Прогнать все" }).click();
  await stopped;
  await page.locator("[data-testid=tests-state][data-state=cancelled]").waitFor();
  const run = await page.locator("[data-passed=true]").count();
  expect(run).toBeGreaterThan(0);
  expect(run).toBeLessThan(conversations.length + tests.length + 1);
  // The others have not been run, and run to the end when asked again.
  await page.getByRole("button", { name: "Прогнать все" }).click();
  await page
    .getByTestId("coverage")
    .getByText(`Прошло ${conversations.length + tests.length + 1} из`)
    .waitFor({ timeout: 60_000 });
  expect(journey.errors).toEqual([]);
});
