import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { Flow } from "../../flows/schema/flow.ts";
import { eventually, setOffice } from "../journeys/office.ts";
import { SipPeer } from "../telephony/peer.ts";
import { startJourney, type Journey } from "./browser.ts";

let journey: Journey;
beforeAll(async () => void (journey = await startJourney()));
afterAll(() => journey?.stop());

const saved = (page: Page) => page.getByTestId("saved-state").filter({ hasText: "сохранено" }).waitFor();
const stored = async (id: string): Promise<Flow> => (await journey.server.api<{ document: Flow }>("GET", `/api/flows/${id}`)).document;
const errorsShown = (page: Page) => page.getByRole("tab", { name: /Проблемы/ }).locator("[data-severity=error]");

/** Pulls a wire from an exit of one card to another card. */
async function wire(page: Page, from: string, exit: string, to: string): Promise<void> {
  const source = page.locator(`.react-flow__handle.source[data-nodeid="${from}"][data-handleid="${exit}"]`);
  const target = page.locator(`.react-flow__handle.target[data-nodeid="${to}"]`);
  const [a, b] = [await source.boundingBox(), await target.boundingBox()];
  if (!a || !b) throw new Error(`no handle ${from}:${exit} or ${to}`);
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 5 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 5 });
  await page.mouse.up();
}

test("library → clone → draw → fill → problems → undo → reload keeps → call with keys → publish to a number", async () => {
  const page = await journey.open("/library");
  await page.getByRole("button", { name: /Главное меню/ }).click();
  await page.getByRole("button", { name: "Взять себе" }).click();
  await page.waitForURL(/\/flows\//);
  const id = page.url().split("/").at(-1)!;
  await page.locator("[data-node=start]").waitFor();
  await saved(page);
  expect(await errorsShown(page).count()).toBe(0);

  // A node dragged from the palette is loose: problems appear as soon as it stands there.
  const canvas = page.locator(".react-flow__pane");
  const before = Object.keys((await stored(id)).nodes);
  await page
    .getByLabel("Узлы", { exact: true })
    .locator("[data-type=say]")
    .dragTo(canvas, { targetPosition: { x: 420, y: 560 } });
  await errorsShown(page).waitFor();
  await saved(page);
  const added = Object.keys((await stored(id)).nodes).find((name) => !before.includes(name))!;

  // Its text, both languages.
  const panel = page.locator("[data-path='config.prompt']");
  await panel.locator("textarea").fill("Спасибо, что позвонили.");
  await panel.getByText("en", { exact: false }).first().click();
  await panel.locator("textarea").fill("Thank you for calling.");
  await page.keyboard.press("Escape");

  // Wired in and out: the errors go.
  const target = (await stored(id)).nodes["start"]!.exits["next"]!;
  await wire(page, "start", "next", added);
  await wire(page, added, "next", target);
  await errorsShown(page).waitFor({ state: "detached" });
  await saved(page);
  expect((await stored(id)).nodes["start"]!.exits["next"]).toBe(added);

  // A problem leads to its node; undo brings the edge back.
  await page.locator(`[data-node="${added}"]`).click();
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 20 } });
  await page.keyboard.press("Control+z");
  await errorsShown(page).waitFor();
  await page.getByRole("tab", { name: /Проблемы/ }).click();
  await page.locator("[data-code=dangling-exit]").first().click();
  await page.getByLabel("Название узла").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 20 } });
  await page.keyboard.press("Control+y");
  await errorsShown(page).waitFor({ state: "detached" });
  await saved(page);

  await page.reload();
  await page.locator(`[data-node="${added}"]`).waitFor();
  expect((await stored(id)).prompts[added]).toEqual({ ru: "Спасибо, что позвонили.", en: "Thank you for calling." });

  await callWithKeys(page);
  await publish(page, id);
  await ring(page, id);
  expect(journey.errors).toEqual([]);
});

/** The phone in the page: weekday morning, the menu answers a key from the keyboard. */
async function callWithKeys(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Проверить звонком" }).click();
  await page.getByRole("tab", { name: "Условия" }).click();
  await page.getByLabel("Когда").fill("2026-11-24T11:00");
  await page.getByRole("button", { name: "Проверить звонком" }).click();
  const talk = page.getByRole("log");
  await talk.getByText("Спасибо, что позвонили.").waitFor();
  await page.getByText("сразу", { exact: true }).click();
  await page.locator("[data-live]").first().waitFor();
  await page.getByTestId("phone-state").click();
  await page.keyboard.press("1");
  await talk.getByText("нажато 1").waitFor();
  await page.locator("[data-active], [data-visited]").first().waitFor();
  await page.keyboard.press("h");
  await page.locator("[data-testid=phone-state][data-state=ended]").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Сохранить как тест" }).click();
  expect((await download).suggestedFilename()).toMatch(/conversation\.json$/);
  await page.getByRole("tab", { name: "Тесты" }).click();
  await page.getByRole("button", { name: "Прогнать все" }).click();
  await page.locator("[data-passed=true]", { hasText: "ваш" }).waitFor();
}

async function publish(page: Page, id: string): Promise<void> {
  await page.getByRole("button", { name: "Опубликовать" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Что изменилось").fill("Добавили благодарность");
  await dialog.getByLabel("Номер").fill("1777");
  await dialog.getByRole("button", { name: "Опубликовать" }).click();
  await page.getByText("работает на номере 1777").waitFor();
  await page.getByText("в работе: версия 1").waitFor();
  const { numbers } = await journey.server.api<{ numbers: { number: string; flow: string }[] }>("GET", "/api/numbers");
  expect(numbers).toContainEqual(expect.objectContaining({ number: "1777", flow: id }));
}

/** What was drawn a minute ago answers a telephone, and its result is found again on the calls screen. */
async function ring(page: Page, id: string): Promise<void> {
  const { server } = journey;
  await setOffice(server, true);
  const phone = await SipPeer.open();
  const call = await phone.call({ to: "1777", port: server.sip.port, from: "89165550077" });
  const heard = async (text: string) => {
    const live = (await server.api<{ calls: { id: string }[] }>("GET", `/api/calls?flow=${id}`)).calls[0];
    if (!live) return false;
    const { lines } = await server.api<{ lines: { kind: string; data?: { text?: string } }[] }>("GET", `/api/calls/${live.id}/journal`);
    return lines.some((line) => line.kind === "heard" && line.data?.text?.includes(text));
  };
  await eventually("the words drawn in the browser", () => heard("Спасибо, что позвонили."));
  await eventually("the menu", () => heard("нажмите"));
  expect(call.rtp.loudMs()).toBeGreaterThan(300);
  call.press("1");
  await page.goto(`${server.url}/calls`);
  await page
    .getByRole("cell", { name: /79165550077/ })
    .first()
    .waitFor();
  await eventually("the call to end", () => call.over);
  await page
    .getByRole("cell", { name: /79165550077/ })
    .first()
    .click();
  await page.getByText("self-served").first().waitFor();
  phone.close();
}

test("errors block publishing and are listed", async () => {
  const page = await journey.open("/flows");
  await page.getByRole("button", { name: "Новый сценарий" }).click();
  await page.getByLabel("Название").fill("Пустой");
  await page.getByRole("button", { name: "Создать" }).click();
  await page.getByRole("button", { name: /С чистого листа/ }).click();
  await page.locator("[data-node=say]").waitFor();
  await page.getByRole("button", { name: "Опубликовать" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/Меша/).waitFor();
  expect(await dialog.getByRole("button", { name: "Опубликовать" }).isDisabled()).toBe(true);
});

test("someone else saved meanwhile: nothing is lost, the person chooses", async () => {
  const page = await journey.open("/flows/nps-survey");
  await page.locator("[data-node]").first().waitFor();
  const { document, revision } = await journey.server.api<{ document: Flow; revision: number }>("GET", "/api/flows/nps-survey");
  await journey.server.api("PUT", "/api/flows/nps-survey", { document: { ...document, title: { ...document.title, ru: "Чужое имя" } }, revision });
  await page.getByLabel("Название (ru)").fill("Моё имя");
  await page.getByRole("button", { name: "Оставить мою" }).click();
  await saved(page);
  expect((await stored("nps-survey")).title.ru).toBe("Моё имя");
});

test("typed while the server is away: kept here, sent when it is back", async () => {
  const page = await journey.open("/flows/nps-survey");
  await page.locator("[data-node]").first().waitFor();
  await page.context().setOffline(true);
  await page.getByLabel("Название (ru)").fill("Без связи");
  await page.getByText("правки хранятся здесь").waitFor();
  await page.context().setOffline(false);
  await page.reload();
  await page.getByTestId("saved-state").waitFor();
  expect(await page.getByLabel("Название (ru)").inputValue()).toBe("Без связи");
  await saved(page);
  expect((await stored("nps-survey")).title.ru).toBe("Без связи");
});

test("the flow as text: broken JSON is explained, sound JSON is applied and undone", async () => {
  const page = await journey.open("/flows/nps-survey", { language: "en", scheme: "dark" });
  await page.getByRole("tab", { name: "Code" }).click();
  await page.locator(".monaco-editor textarea, .monaco-editor .native-edit-context").first().waitFor({ state: "attached" });
  await page.locator(".monaco-editor").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("{ broken");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("alert").filter({ hasText: "not valid JSON" }).waitFor();
  await page.getByRole("button", { name: "Discard" }).click();
  expect(await page.getByRole("button", { name: "Apply" }).isDisabled()).toBe(true);
});
