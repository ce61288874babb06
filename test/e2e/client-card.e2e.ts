import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Value } from "../../flows/schema/values.ts";
import { startJourney, type Journey } from "./browser.ts";

/** The client's card on the desk: open with the first phrase, without a click. */
const calls = Array.from({ length: 9 }, (_, n) => ({ at: `2026-11-${10 + n}T12:00:00+03:00`, about: `звонок ${n}` }));
const known: Record<string, Value> = {
  orders: [
    { id: 101, status: "едет", at: "2026-11-20" },
    { id: 102, status: "собирается", at: "2026-11-26" },
  ],
  deliveries: [{ id: 101, when: "завтра с 10 до 14", at: "2026-11-27" }],
  complaints: [{ about: "не тот цвет", at: "2026-10-02" }],
  requests: [],
  calls,
};
const block = (ru: string, name: string, row: string) => ({ title: { ru, en: name }, list: `inputs.${name}`, row, newest: "at", most: 5 });
export const cardScript = {
  sufler: 2,
  id: "card-script",
  kind: "script",
  title: { ru: "Клиент на линии", en: "A client on the line" },
  languages: ["ru", "en"],
  inputs: {
    ...Object.fromEntries(Object.entries(known).map(([name, value]) => [name, { type: "list", title: { ru: name, en: name }, default: value }])),
    topic: {
      type: "string",
      title: { ru: "Что выбрал в меню", en: "Chosen in the menu" },
      handover: true,
      options: [{ value: "delivery", title: { ru: "доставка", en: "delivery" } }],
    },
  },
  outcomes: ["done"],
  prompts: {
    hello: {
      ru: "Анна Сергеевна, здравствуйте! Вижу, что заказ 102 собирается. Вы о нём?",
      en: "Hello, Anna! I see order 102 being packed. Is it about that one?",
    },
    yes: { ru: "Да", en: "Yes" },
    no: { ru: "Нет, о другом", en: "No, another" },
    done: { ru: "Решено", en: "Solved" },
    bye: { ru: "Хорошего дня!", en: "Have a good day!" },
  },
  start: "card",
  nodes: {
    card: {
      type: "screen-pop",
      config: {
        title: "Анна Сергеевна Котова",
        url: "https://crm.example/client/7",
        digest: [
          { label: { ru: "Клиент", en: "Client" }, text: "с 2019 года, VIP" },
          { label: { ru: "Открыто заказов", en: "Open orders" }, text: "{{ size(inputs.orders) }}" },
          { label: { ru: "Сумма", en: "Sum" }, text: "{{ money(1250, 'RUB') }}" },
          { label: { ru: "Жалоба", en: "Complaint" }, text: "2 октября, закрыта" },
        ],
        blocks: [
          block("Открытые заказы", "orders", "№{id} · {status} · {at}"),
          block("Доставки", "deliveries", "№{id} · {when}"),
          block("Жалобы", "complaints", "{at} · {about}"),
          block("Просьбы", "requests", "{about}"),
          block("Прошлые звонки", "calls", "{at} · {about}"),
        ],
      },
      exits: { next: "greet", error: "greet" },
    },
    greet: {
      type: "step",
      config: {
        say: "hello",
        answers: [
          { value: "yes", label: "yes" },
          { value: "no", label: "no" },
        ],
      },
      exits: { yes: "wrap", no: "wrap" },
    },
    wrap: { type: "wrap-up", config: { say: "bye", options: [{ value: "done", label: "done" }] }, exits: {} },
  },
  layout: {},
};

let journey: Journey;
let path: string;
beforeAll(async () => {
  journey = await startJourney();
  const { api } = journey.server;
  const { revision } = await api<{ revision: number }>("POST", "/api/flows", { document: cardScript });
  await api("POST", "/api/flows/card-script/publish", { revision });
  const run = await api<{ id: string }>("POST", "/api/desk/runs", {
    flow: "card-script",
    caller: "+79990000001",
    inputs: { topic: "delivery", deliveries: known["deliveries"] },
  });
  path = `/desk/${run.id}`;
});
afterAll(async () => void (await journey?.stop()));

test("the card is there with the first phrase: few lines, five lists, the newest on top; what was told before is beside it", async () => {
  const page = await journey.open(path);
  await page.getByText("Анна Сергеевна, здравствуйте!").waitFor();
  const card = page.getByRole("region", { name: "Карточка клиента" });
  expect(await card.getByRole("heading", { level: 2 }).innerText()).toBe("Анна Сергеевна Котова");
  expect(await card.locator("dl").first().locator("dd").allInnerTexts()).toEqual([
    "с 2019 года, VIP",
    "2",
    expect.stringMatching(/^1\s?250/),
    "2 октября, закрыта",
  ]);
  const blocks = card.locator("[data-block]");
  expect(await blocks.getByRole("heading").allInnerTexts()).toEqual(["Открытые заказы", "Доставки", "Жалобы", "Просьбы", "Прошлые звонки"]);
  expect(await blocks.nth(0).getByRole("listitem").allInnerTexts()).toEqual(["№102 · собирается · 26.11.2026", "№101 · едет · 20.11.2026"]);
  expect(await blocks.nth(3).innerText()).toContain("нет");
  expect(await blocks.nth(4).getByRole("listitem").first().innerText()).toBe("18.11.2026 12:00 · звонок 8");
  expect(await blocks.nth(4).innerText()).toContain("ещё 4 записи");
  expect(await card.getByRole("link").getAttribute("href")).toBe("https://crm.example/client/7");
  const told = page.locator("section", { has: page.getByRole("heading", { name: "Уже рассказано" }) }).last();
  // Lists are for the card; plain answers are what nobody should ask again.
  expect(await told.getByRole("term").allInnerTexts()).toEqual(["Что выбрал в меню"]);
  expect(await told.getByRole("definition").allInnerTexts()).toEqual(["доставка"]);
  // It stays: on the next step, after going back, after a reload.
  await page.keyboard.press("1");
  await page.locator("[data-kind=disposition]").waitFor();
  await card.waitFor();
  await page.keyboard.press("Backspace");
  await page.getByText("Анна Сергеевна, здравствуйте!").waitFor();
  await page.reload();
  await card.waitFor();
  expect(journey.errors).toEqual([]);
});

test("a CRM that takes its time: the card comes by itself when the answer does", async () => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const crm = createServer(
    (_request, response) => void asked.then(() => response.setHeader("content-type", "application/json").end('{"name":"Борис Иванов"}')),
  );
  await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
  const address = crm.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/client`;
  const ask = {
    type: "http",
    config: { service: "crm", url, map: { client: "name" } },
    exits: { ok: "card", clientError: "card", serverError: "card", timeout: "card", error: "card" },
  };
  const card = { type: "screen-pop", config: { title: "{{ vars.client }}" }, exits: { next: "greet", error: "greet" } };
  const document = { ...cardScript, id: "slow-card", start: "ask", nodes: { ...cardScript.nodes, ask, card } };
  const { api } = journey.server;
  const { revision } = await api<{ revision: number }>("POST", "/api/flows", { document });
  await api("POST", "/api/flows/slow-card/publish", { revision });
  const run = await api<{ id: string; shown: unknown }>("POST", "/api/desk/runs", { flow: "slow-card" });
  expect(run.shown).toBeNull();
  const page = await journey.open(`/desk/${run.id}`);
  await page.getByText("Сценарий ждёт ответа").waitFor();
  answer();
  await page.getByRole("region", { name: "Карточка клиента" }).getByText("Борис Иванов").waitFor();
  await page.getByText("Анна Сергеевна, здравствуйте!").waitFor();
  crm.close();
});

test("the simulator shows the same card beside the script", async () => {
  const page = await journey.open("/flows/card-script");
  await page.getByRole("tab", { name: "Телефон" }).click();
  await page.getByRole("button", { name: "Начать разговор" }).click();
  await page.getByRole("region", { name: "Карточка клиента" }).getByText("Анна Сергеевна Котова").waitFor();
});
