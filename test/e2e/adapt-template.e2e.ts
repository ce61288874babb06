import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flow } from "../../flows/schema/flow.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { startJourney, type Journey } from "./browser.ts";

/** A client adapts a template by its form: what stands in a field is the value, an emptied field is empty. */
const week = Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((day) => [day, [{ from: "00:00", to: "23:59" }]]));
const always = { zone: "Europe/Moscow", week, holidays: [], special: {} };

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ demo: false });
});
afterAll(() => journey?.stop());

test("emptied fields are empty, not their defaults: the menu does not offer what the company lacks", async () => {
  const page = await journey.open("/library");
  await page
    .getByRole("button", { name: /Главное меню/ })
    .first()
    .click();
  const form = page.getByRole("dialog");
  const support = form.getByLabel("Номер поддержки (пусто — нет)");
  await support.waitFor();
  expect(await support.inputValue()).toBe("1004");
  await support.fill("");
  await form.getByLabel("Номер бухгалтерии (пусто — нет)").fill("");
  await form.getByLabel("Название вашего сценария").fill("Меню Ромашки");
  await form.getByRole("button", { name: "Взять себе" }).click();
  await page.waitForURL(/\/flows\/./);
  const id = new URL(page.url()).pathname.split("/").at(-1)!;
  const { document } = await journey.server.api<{ document: Flow }>("GET", `/api/flows/${id}`);
  expect([document.inputs["supportNumber"]?.default, document.inputs["accountsNumber"]?.default]).toEqual(["", ""]);
  // The title is written in the language of the form only.
  expect(document.title).toMatchObject({ ru: "Меню Ромашки" });
  expect(document.title.en).not.toBe("Меню Ромашки");
  const conversation = conversationSchema.parse({
    title: "the menu",
    given: { now: "2026-11-23T10:00:00+03:00", calendars: { office: always } },
    talk: [{ wait: 30 }, { hangup: true }],
    expect: {},
  });
  const said = runConversation(document, conversation)
    .result.said.map((line) => line.text)
    .join(" ");
  expect(said).toContain("Отдел продаж — два");
  expect(said).not.toMatch(/Поддержка — три|Бухгалтерия — четыре/);
  expect(journey.errors).toEqual([]);
});
